/** The ready journeys, in the order in which they are offered. */
import { abandonedCart } from './abandoned-cart.ts';
import { firstPurchase } from './first-purchase.ts';
import type { ReadyJourney } from './ready-journey.ts';
import { winBack } from './win-back.ts';

export const READY_JOURNEYS: readonly ReadyJourney[] = [firstPurchase, winBack, abandonedCart];
