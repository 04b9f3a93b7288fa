/** What the designer asks of /api/v1 about a journey with people inside: the preview of a publication, moves, late messages, failed people. */
import type { MoveClass } from '#domain/enrollments/move-to-version.ts';
import type { Problem } from '#domain/shared/result.ts';
import { api, type Page } from '#components/api-client.ts';

export type Mode = 'finish' | 'move';
export type GoneChoice = { to: string } | { leave: true };
export type PeoplePolicy = { mode: Mode; perNode: Record<string, Mode>; gone: Record<string, GoneChoice> };
export type ClassCounts = Record<MoveClass, number>;
export type NodePreview = { nodeId: string; people: number; isGone: boolean; needsChoice: boolean; proposes: { to: string | null } | null; counts: ClassCounts };
export type Preview = { people: number; counts: ClassCounts; nodes: NodePreview[] };
export type PreviewPerson = { id: string; customerId: string; name: string | null; nodeId: string; class: MoveClass; wakeAt: string | null; wakesThen: string | null };
export type Move = {
  id: string; undoes: string | null; undoneBy: string | null; version: number; state: 'running' | 'done' | 'cancelled'; total: number; done: number; counts: Record<string, number>; canUndo: number;
};
export type HeldMessages = { kept: number; late: number; asking: number };
export type LateChoice = 'skip' | 'send' | 'ask';
export type Retried = { retried: number; failedAgain: number; inside: number; next: string | null };

const of = (journeyId: string, rest: string): string => `/journeys/${journeyId}/${rest}`;

export const liveApi = {
  validate: (journeyId: string) => api.post<{ problems: Problem[] }>(of(journeyId, 'validate')),
  publish: (journeyId: string, body: { revision: number; reason?: string; people: PeoplePolicy }) => api.post<{ number: number; moveId: string | null }>(of(journeyId, 'publish'), body),
  preview: (journeyId: string, people: PeoplePolicy) => api.post<Preview>(of(journeyId, 'publish/preview'), { people }),
  previewPeople: (journeyId: string, body: { people: PeoplePolicy; class: MoveClass; after?: string; limit: number }) => api.post<Page<PreviewPerson>>(of(journeyId, 'publish/preview/people'), body),
  moves: (journeyId: string, limit = 1) => api.get<Page<Move>>(of(journeyId, 'moves'), { limit }),
  onMove: (moveId: string, what: 'cancel' | 'resume' | 'undo') => api.post<Move>(`/moves/${moveId}/${what}`),
  restore: (journeyId: string) => api.post<{ archivedAt: null }>(of(journeyId, 'restore'), {}),
  run: (journeyId: string, move: 'pause' | 'resume' | 'stop', body: { reason?: string | undefined; mode?: 'hold' | 'drain'; late?: LateChoice }) => api.post<{ people: number }>(of(journeyId, move), body),
  held: (journeyId: string) => api.get<HeldMessages>(of(journeyId, 'late-messages')),
  decideLate: (journeyId: string, decision: 'skip' | 'send') => api.post<{ messages: number }>(of(journeyId, 'late-messages'), { decision }),
  /** One, or all of a step, two hundred at a time. */
  async retry(journeyId: string, body: { enrollmentId: string } | { nodeId: string }): Promise<Retried> {
    const sum: Retried = { retried: 0, failedAgain: 0, inside: 0, next: null };
    for (let after: string | null = null; ; ) {
      const answer: Retried = await api.post<Retried>(of(journeyId, 'failed/retry'), { ...body, ...(after && { after }) });
      sum.retried += answer.retried;
      sum.failedAgain += answer.failedAgain;
      sum.inside += answer.inside;
      after = answer.next;
      if (after === null) return sum;
    }
  },
};
