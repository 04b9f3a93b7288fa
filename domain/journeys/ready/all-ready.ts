/** The ready journeys, in the order in which they are offered. */
import { abandonedCart } from './abandoned-cart.ts';
import { birthday } from './birthday.ts';
import { childBirthday } from './child-birthday.ts';
import { contractAnniversary } from './contract-anniversary.ts';
import { firstPurchase } from './first-purchase.ts';
import type { ReadyJourney } from './ready-journey.ts';
import { storeOpening } from './store-opening.ts';
import { welcome } from './welcome.ts';
import { winBack } from './win-back.ts';

export const READY_JOURNEYS: readonly ReadyJourney[] = [firstPurchase, winBack, abandonedCart, welcome, birthday, childBirthday, contractAnniversary, storeOpening];
