/** What a passer-by does behind a printed code: its page is read, and they say who they are (§1.10). */
import { inWorkspace } from '#db/connection.ts';
import { findBrandKit } from '#db/queries/brand-kits.ts';
import { findPlaceOfCode, type PlaceRow } from '#db/queries/places.ts';
import { findWorkspace } from '#db/queries/settings.ts';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { normaliseIdentifier, type Identifier } from '#domain/customers/identifiers.ts';
import type { Engine } from '#engine/engine.ts';
import { signId, verifyId } from '#engine/links.ts';
import { recordVisit, type Visit } from '#engine/record-visit.ts';
import { SPENT, tryAgain } from '#engine/try-again.ts';

export type OpenedPlace = { workspaceId: string; brand: string; kit: BrandKit; language: string; country: string; place: PlaceRow };

/** Besides deadlocks: two people who write the same new address at once. */
export const LOST_RACES = [...SPENT, '23505', '25P02'];

/** Where the code of a place leads: to its page, or to the one where one joins. */
export const placeUrl = ({ publicUrl, secret }: Pick<Engine, 'publicUrl' | 'secret'>, { codeId, kind }: Pick<PlaceRow, 'codeId' | 'kind'>): string => `${publicUrl}/${kind === 'join' ? 'j' : 'q'}/${signId(secret, 'place', codeId)}`;

/** The open place of a code; null when the code is not ours, was renewed, is for another page, or its place is closed. */
export async function openPlace(engine: Engine, code: string, page: 'visit' | 'join' = 'visit'): Promise<OpenedPlace | null> {
  const codeId = verifyId(engine, 'place', code);
  if (codeId === null) return null;
  const [found] = await engine.database<{ workspaceId: string | null }[]>`select resolve_place(${codeId}) as "workspaceId"`;
  const workspaceId = found?.workspaceId;
  if (!workspaceId) return null;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [place, workspace] = [await findPlaceOfCode(transaction, codeId), await findWorkspace(transaction, workspaceId)];
    return place && workspace && (place.kind === 'join') === (page === 'join') ? { workspaceId, brand: workspace.brand, kit: await findBrandKit(transaction), language: workspace.language, country: workspace.country, place } : null;
  });
}

/** Keeps a browser known at the places of the brand: it names nobody, and shows nobody anything. */
export const visitorToken = ({ secret }: Pick<Engine, 'secret'>, customerId: string): string => signId(secret, 'visitor', customerId);

/** Whom a browser's token names, if they are a customer of this workspace. */
export async function knownVisitor(engine: Engine, workspaceId: string, token: string | null): Promise<string | null> {
  const customerId = token === null ? null : verifyId(engine, 'visitor', token);
  if (customerId === null) return null;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction<{ id: string }[]>`select id from customers where id = ${customerId}`;
    return row?.id ?? null;
  });
}

/** The address or number that was written, in its normal form; null when it is neither. */
export function readAddress(text: string, country: string): Identifier | null {
  const kind = text.includes('@') ? 'email' : 'phone';
  const read = normaliseIdentifier(kind, text, country);
  return read.ok ? { kind, value: read.value } : null;
}

/** Counts the visit of whoever the browser is known for, or whose address was written. */
export async function visitPlace(engine: Engine, opened: OpenedPlace, visitor: Pick<Visit, 'customerId' | 'identifiers' | 'agreedTo'>): Promise<{ customerId: string; counted: boolean }> {
  const visit = { ...visitor, place: opened.place, position: null };
  const done = await tryAgain(() => inWorkspace(engine.database, opened.workspaceId, (transaction) => recordVisit(transaction, opened.workspaceId, visit)), LOST_RACES);
  if (done.events > 0) engine.hintRouters();
  return done;
}
