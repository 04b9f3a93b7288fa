/** What the landing of rows is handed and what it answers, whatever kind they are of. */
import type { Transaction } from '#db/connection.ts';
import type { ImportSettings } from '#domain/imports/import-settings.ts';
import type { Placed } from '#domain/imports/gather-orders.ts';
import type { ImportRow, RowProblem } from '#domain/imports/read-row.ts';
import type { Instant } from '#domain/shared/time.ts';
import type { LoadedWorkspace } from '#engine/load-workspace.ts';

export type LandingContext = { transaction: Transaction; workspace: LoadedWorkspace; importId: string; settings: ImportSettings; now: Instant };

/** `field` is the one that is meant, null for the row. */
export type LandedProblem = Omit<RowProblem, 'column'> & { field: string | null };

/** `counts`: how many rows were `created`, `updated`, `left.<why>`, and how many consents were `consents.kept` or `consents.<why>`. `events`: for the routers, after the commit. */
export type Landing = { counts: Record<string, number>; problems: Map<number, LandedProblem[]>; events: number };

export type Land<R extends ImportRow> = (context: LandingContext, rows: Placed<R>[]) => Promise<Landing>;

export const newLanding = (): Landing => ({ counts: {}, problems: new Map(), events: 0 });
export const count = (landing: Landing, what: string, by = 1): void => void (landing.counts[what] = (landing.counts[what] ?? 0) + by);

export const unknownStore = (store: string): LandedProblem => ({ field: 'store', code: 'import.storeUnknown', message: `There is no store «${store}»: create it first.`, figures: { store } });
export const unknownCustomer: LandedProblem = { field: null, code: 'import.customerUnknown', message: 'Nobody has this id, card, e-mail or phone: bring the customers in first.' };
