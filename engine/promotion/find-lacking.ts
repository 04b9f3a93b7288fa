/** What live still lacks for a promoted journey: what keeps it from being published, and what would come out otherwise than it was meant. Each with its reason. */
import type { Transaction } from '#db/connection.ts';
import { chooseLanguage } from '#domain/messages/choose-language.ts';
import type { Needs } from '#domain/promotion/needs.ts';
import type { Problem } from '#domain/shared/result.ts';
import { localTime } from '#domain/shared/time.ts';
import { readNow } from '#engine/burst/gather.ts';
import type { Part } from './load-parts.ts';

/** `blocks`: as long as it lasts, the journey cannot be published in live. */
export type Lacking = { code: string; figures: Record<string, string | number>; message: string; blocks: boolean };

type Surroundings = { problems: Problem[]; kept: Part[]; needs: Needs; /** Stores by their number, of which live has none. */ stores: string[] };

const missing = (keys: string[], known: readonly string[]): string[] => keys.filter((key) => !known.includes(key));
const told = (blocks: boolean, code: string, names: string[], message: string): Lacking[] => (names.length === 0 ? [] : [{ code, figures: { names: names.join(', ') }, message: `${message}: ${names.join(', ')}.`, blocks }]);

/** Runs in live. */
export async function findLacking(transaction: Transaction, workspaceId: string, { problems, kept, needs, stores }: Surroundings): Promise<Lacking[]> {
  const [workspace] = await transaction<{ language: string; zone: string }[]>`select language, time_zone as zone from workspaces where id = ${workspaceId}`;
  const programmes = await transaction<{ key: string }[]>`select key from programmes where key = any(${needs.programmes})`;
  const products = await transaction<{ sku: string }[]>`select sku from products where sku = any(${needs.products})`;
  const members = await transaction<{ userId: string }[]>`select user_id as "userId" from memberships where workspace_id = ${workspaceId} and user_id = any(${needs.members})`;
  const language = workspace?.language ?? 'fr';
  const today = localTime(await readNow(transaction, workspaceId), workspace?.zone ?? 'Europe/Paris').toPlainDate().toString();
  const offers = kept.flatMap((part) => (part.kind === 'offer' ? [part] : []));
  const spoken = kept.filter((part) => part.kind === 'template' && ['customer', 'first'].includes(chooseLanguage(Object.keys(part.content.compiled.variants), null, language).by));
  return [
    ...problems.map(({ code, message }): Lacking => ({ code, figures: {}, message, blocks: true })),
    ...told(false, 'promotion.stores', stores, 'Live has no store of this number'),
    ...told(false, 'promotion.programmes', missing(needs.programmes, programmes.map(({ key }) => key)), 'Live has no loyalty programme of this key'),
    ...told(false, 'promotion.products', missing(needs.products, products.map(({ sku }) => sku)), 'The catalogue of live has no product of this number'),
    ...told(false, 'promotion.members', missing(needs.members, members.map(({ userId }) => userId)).map(() => '1'), 'A task is for somebody who is no member of live'),
    ...told(false, 'promotion.language', spoken.map(({ name }) => name), `Live speaks ${language}, and these templates do not`),
    ...told(false, 'promotion.stock', offers.filter(({ stockLeft, offer }) => (stockLeft ?? offer.stockTotal ?? 1) <= 0).map(({ name }) => name), 'Nothing is left of these offers'),
    ...told(false, 'promotion.offerEnded', offers.filter(({ offer: { validity } }) => 'until' in validity && validity.until < today).map(({ name }) => name), 'These offers have ended'),
  ];
}
