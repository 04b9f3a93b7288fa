/** What the pages of destinations read, and how a state looks. */
import type { ReasonData } from '#components/reason-sentence.ts';
import type { Tone } from '#components/ui/status-badge.tsx';
import type { DestinationState, WebhookState } from '#domain/webhooks/destination.ts';

export type Destination = {
  id: string; name: string; address: string; types: string[]; state: DestinationState; reason: ReasonData | null; waiting: number; failed: number;
  failingSince: string | null; takenAt: string | null; previousSecretUntil: string | null; createdAt: string;
};
export type WebhookLine = {
  id: string; type: string; eventId: string | null; customerId: string | null; state: WebhookState; attempts: number; nextAt: string | null; createdAt: string; endedAt: string | null;
  history: { at: string; status: number | null; reason: ReasonData | null; tookMs: number | null }[];
};
export type WithSecret = { id: string; secret: string };

/** One that is active and takes nothing is on its way to being disabled, and looks like it. */
export const stateOf = ({ state, failingSince }: Pick<Destination, 'state' | 'failingSince'>): DestinationState | 'failing' => (state === 'active' && failingSince !== null ? 'failing' : state);
export const DESTINATION_TONES: Record<DestinationState | 'failing', Tone> = { active: 'live', failing: 'warning', paused: 'quiet', disabled: 'danger' };
export const WEBHOOK_TONES: Record<WebhookState, Tone> = { queued: 'ink', sending: 'ink', delivered: 'live', failed: 'danger' };
