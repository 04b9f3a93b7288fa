/** A task or call as the API answers it. */
import type { Assignee, TaskKind, TaskState } from '#domain/tasks/task.ts';
import type { ReasonData } from '#components/reason-sentence.ts';
import type { Tone } from '#components/ui/status-badge.tsx';

export type Task = {
  id: string; kind: TaskKind; state: TaskState; title: string; note: string | null; customerId: string; customerName: string | null; phone: string | null; isRequested: boolean;
  assignedTo: Assignee; storeName: string | null; adviser: string | null; memberId: string | null; memberName: string | null;
  createdAt: string; dueAt: string | null; isOverdue: boolean; closedAt: string | null; closedBy: string | null; outcome: string | null; comment: string | null; attempts: number; reason: ReasonData | null;
  journeyId: string | null; journeyName: string | null;
};

export const TASK_TONES: Record<TaskState, Tone> = { open: 'ink', done: 'live', dismissed: 'quiet', withdrawn: 'quiet' };

type Say = (key: string, values?: Record<string, string | number>) => string;

/** What it is called: a call that a customer asked for may have no title of its own. */
export const titleOf = ({ title, kind }: Task, t: Say): string => title || t(kind === 'call' ? 'callBack' : 'untitled');

/** Whose it is, in words. */
export function whoseOf({ assignedTo, storeName, adviser, memberName }: Task, t: Say): string {
  if (assignedTo === 'store') return storeName ?? t('anyone');
  if (assignedTo === 'adviser') return adviser ?? t('adviser');
  return assignedTo === 'member' ? (memberName ?? t('someoneGone')) : t('anyone');
}

/** How it stands: of a call, how the last attempt ended. */
export function stateText({ kind, state, outcome, attempts }: Task, t: Say): string {
  const known = ['reached', 'noAnswer', 'refused'].find((each) => each === outcome);
  if (kind === 'call' && state === 'open' && attempts > 0) return t('triedTimes', { count: attempts });
  if (kind === 'call' && state === 'done' && known) return t(`outcomes.${known}`);
  return t(`states.${state}`);
}
