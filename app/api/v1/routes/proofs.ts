/** Proofs (§9.8): lists of people who look at messages before customers do, and what they were sent. */
import { z } from 'zod';
import { nameActors } from '#db/queries/settings.ts';
import { MOST_READERS, ProofListInput, ProofRecipient } from '#domain/messages/proof-list.ts';
import { TemplateContent, TemplateKey } from '#domain/messages/template.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { listProofLists, putProofList, removeProofList, type ProofListRow } from '#engine/commands/proof-lists.ts';
import { listProofs, sendProof } from '#engine/send-proof.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

const ListOut = z.object({ id: Id('proofList'), name: z.string(), recipients: z.array(ProofRecipient), updatedAt: Iso }).meta({ id: 'ProofList' });
const toList = ({ id, updatedAt, ...row }: ProofListRow): z.input<typeof ListOut> => ({ ...row, id: formatId('proofList', id), updatedAt: iso(updatedAt) });
const CopyOut = z.object({
  recipient: z.string(), name: z.string().nullable(), language: z.string(), reason: z.string().nullable(),
  outcome: z.enum(['sending', 'sent', 'refused', 'notTaken']).meta({ description: '`notTaken`: the vendor could not be reached. `sending`: nobody has said yet.' }),
});
const example = { name: 'Relecture', recipients: [{ name: 'Camille', kind: 'email', value: 'camille@example.org' }] };

const lists = defineRoute({
  method: 'GET', path: '/proof-lists', noun: 'Templates', summary: 'List the proof lists', scope: 'content:write', response: z.object({ items: z.array(ListOut), next: z.null() }),
  async read({ transaction }) {
    return { items: (await listProofLists(transaction)).map(toList), next: null };
  },
});

const create = defineRoute({
  method: 'POST', path: '/proof-lists', noun: 'Templates', summary: 'Make a proof list', scope: 'content:write', status: 201, body: ProofListInput, example, response: ListOut, errors: ['proofList.nameTaken'],
  async write({ command, body }) {
    return { status: 201, body: toList(unwrap(await putProofList(command, null, body))) };
  },
});

const params = z.object({ listId: IdOf('proofList') });
const change = defineRoute({
  method: 'PUT', path: '/proof-lists/{listId}', noun: 'Templates', summary: 'Change a proof list', scope: 'content:write', params, body: ProofListInput, example, response: ListOut, errors: ['proofList.unknown', 'proofList.nameTaken'],
  async write({ command, params: { listId }, body }) {
    return { body: toList(unwrap(await putProofList(command, listId, body))) };
  },
});

const remove = defineRoute({
  method: 'DELETE', path: '/proof-lists/{listId}', noun: 'Templates', summary: 'Take a proof list away', scope: 'content:write', params, response: z.object({ removed: z.literal(true) }), errors: ['proofList.unknown'],
  async write({ command, params: { listId } }) {
    await removeProofList(command, listId);
    return { body: { removed: true as const } };
  },
});

const key = z.object({ key: TemplateKey });
const send = defineRoute({
  method: 'POST', path: '/templates/{key}/proofs', noun: 'Templates', summary: 'Send a proof of a template to a list', scope: 'content:write', params: key, status: 201,
  description: 'As each reader would get it, to everybody of the list who has an address of the channel. Marked [BAT], through the account of the workspace, outside pressure, consent, reports and timelines; twenty tests and proofs in an hour per person at most. Who got which version is kept.',
  body: z.strictObject({
    listId: IdOf('proofList'), content: TemplateContent.optional().meta({ description: 'In place of the latest version.' }),
    readers: z.array(z.strictObject({ customerId: IdOf('customer').optional(), language: z.string().max(35).optional() })).min(1).max(MOST_READERS).default([{}]).meta({ description: 'As whom it is rendered: a customer, an invented one, in their language or in this one.' }),
    journeyId: IdOf('journey').optional(), nodeId: z.string().max(40).optional(),
  }),
  response: z.object({ proofId: Id('proof'), copies: z.array(CopyOut) }),
  errors: ['template.unknown', 'customer.unknown', 'journey.unknown', 'proofList.unknown', 'proof.noRecipients', 'test.limit', 'test.noAccount'],
  async run({ engine, workspaceId, actor, params: { key: template }, body }) {
    const { proofId, copies } = unwrap(await sendProof(engine, workspaceId, actor, { key: template, ...body }));
    return { status: 201, body: { proofId: formatId('proof', proofId), copies } };
  },
});

const log = defineRoute({
  method: 'GET', path: '/templates/{key}/proofs', noun: 'Templates', summary: 'List the latest proofs of a template, and who got them', scope: 'content:write', params: key,
  response: z.object({ items: z.array(z.object({
    id: Id('proof'), number: z.number().int().nullable().meta({ description: 'The version; null for what was not saved.' }), list: z.string(), journeyId: Id('journey').nullable(), nodeId: z.string().nullable(), actor: z.string(), actorName: z.string().nullable(), at: Iso, copies: z.array(CopyOut),
  })), next: z.null() }),
  async read({ transaction, params: { key: template } }) {
    const rows = await listProofs(transaction, template, 20);
    const idOf = (prefix: string) => rows.flatMap(({ actor }) => (actor.startsWith(prefix) ? [actor.slice(prefix.length)] : []));
    const names = await nameActors(transaction, idOf('user:'), idOf('key:').flatMap((id) => parseId('apiKey', id) ?? []));
    const nameOf = (actor: string): string | null => names.find(({ id }) => id === (actor.startsWith('key:') ? parseId('apiKey', actor.slice(4)) : actor.slice(5)))?.name ?? null;
    return { items: rows.map(({ id, journeyId, at, ...row }) => ({ ...row, id: formatId('proof', id), journeyId: journeyId && formatId('journey', journeyId), actorName: nameOf(row.actor), at: iso(at) })), next: null };
  },
});

export const proofRoutes = [lists, create, change, remove, send, log];
