/** What a simulation says as it goes: every trace line, change of a message, posting, voucher and refused event, each with its virtual instant. */
import type { PlannedMessage, Reason } from '#domain/enrollments/effects.ts';
import type { Posting } from '#domain/loyalty/ledger.ts';
import type { MessageStatus } from '#domain/messages/delivery-status.ts';
import type { Problem } from '#domain/shared/result.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { TaskKind } from '#domain/tasks/task.ts';

export type EventOutcomeKind = 'accepted' | 'rejected' | 'quarantined' | 'duplicate';
type Common = { at: Instant; customerId: string };

/** A message each time that its status changes; the last line of a key is how it ended. `lawful` is why it may leave (§6.4). */
export type SimulatedMessageLine = Common & { kind: 'message'; status: MessageStatus; reason: Reason | null; handedOverAt: Instant | null; deliveredAt: Instant | null } & Pick<
  PlannedMessage,
  'key' | 'channel' | 'category' | 'templateKey' | 'journeyId' | 'versionId' | 'enrollmentId' | 'nodeId' | 'visit' | 'plannedAt' | 'dueAt' | 'expiresAt' | 'lawful'
>;

export type SimulatedLine =
  | (Common & {
      kind: 'trace'; step: string; journeyId: string | null; versionId: string | null; enrollmentId: string | null; nodeId: string | null; visit: number | null;
      data: Record<string, unknown>;
    })
  | SimulatedMessageLine
  | (Omit<Posting, 'customerId' | 'kind'> & Common & { kind: 'posting'; movement: Posting['kind'] })
  | (Common & { kind: 'voucher'; offerKey: string; grantKey: string; validFrom: Instant; validUntil: Instant | null })
  /** A task or call that is put on the list, and again when it is withdrawn; nobody closes one here. */
  | (Common & { kind: 'task'; key: string; taskKind: TaskKind; state: 'open' | 'withdrawn'; title: string; dueAt: Instant | null; journeyId: string | null; nodeId: string | null; reason: Reason | null })
  /** A posted event, by its place in the input: its own id, and the one under which it was taken. One that is refused says why. */
  | { kind: 'event'; at: Instant; customerId: string | null; index: number; id: string | null; eventId: string | null; outcome: EventOutcomeKind; problems: Problem[] };
