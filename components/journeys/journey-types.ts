/** Journeys as the API lists them, and the draft that a new one begins with. */
import type { Journey } from '#domain/journeys/definition.ts';
import type { Tone } from '#components/ui/status-badge.tsx';

export type JourneyStatus = 'draft' | 'live' | 'paused' | 'stopped';
export type JourneySummary = {
  id: string; key: string; name: string; status: JourneyStatus; draftRevision: number; people: number;
  liveVersion: { id: string; number: number; publishedAt: string } | null; createdAt: string; updatedAt: string; archivedAt: string | null;
  /** The keys of the stores in which it begins; null when anywhere. */
  stores: string[] | null;
};
export type JourneyActivity = { days: number; items: { journeyId: string; entered: number; finished: number; failed: number; draftDiffers: boolean }[] };

export const STATUS_TONES: Record<JourneyStatus, Tone> = { draft: 'quiet', live: 'live', paused: 'warning', stopped: 'quiet' };

/** A draft with its entry and nothing behind it: who has left may enter again. With `stores` it begins in these alone. */
export const emptyJourney = (name: string, key: string, eventType: string, stores: string[] | null): Journey => ({
  formatVersion: 1, key, name,
  entry: { trigger: { kind: 'event', event: { type: eventType }, ...(stores && { stores }) }, reentry: { mode: 'afterExit', gapFrom: 'end' }, maximumEventAgeHours: 48, next: null },
  exits: [], nodes: [],
});
