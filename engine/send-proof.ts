/**
 * A command: proofs (§9.8). A template as chosen readers would get it goes to everybody of a list, marked [BAT], through the workspace's own account and outside pressure, consent,
 * reports, counters and timelines. Who got which version when is written before anything leaves; a copy whose sender died stays «sending».
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { findTemplateByKey } from '#db/queries/templates.ts';
import { CHANNEL_FACTS } from '#domain/customers/channels.ts';
import { PROOF_MARK, type ProofRecipient } from '#domain/messages/proof-list.ts';
import type { TemplateContent } from '#domain/messages/template.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { audit } from '#engine/commands/command-context.ts';
import { findProofList } from '#engine/commands/proof-lists.ts';
import { loadVerifiedDomains } from '#engine/commands/put-store-sender.ts';
import { senderOf } from '#engine/dispatch/compose-message.ts';
import type { Payload } from '#engine/dispatch/payload.ts';
import { openVendor, type OpenVendor } from '#engine/dispatch/vendor.ts';
import type { Engine } from '#engine/engine.ts';
import { findSenders, findTestAccount, payloadOf, type TestAccount } from '#engine/send-test.ts';
import { renderPreview, type Preview } from '#engine/render-preview.ts';

export type ProofReader = { customerId?: string | undefined; language?: string | undefined };
export type ProofInput = { key: string; content?: TemplateContent | undefined; listId: string; readers: ProofReader[]; journeyId?: string | undefined; nodeId?: string | undefined };
export type ProofCopy = { recipient: string; name: string | null; language: string; outcome: 'sending' | 'sent' | 'refused' | 'notTaken'; reason: string | null };
export type SentProof = { proofId: string; copies: ProofCopy[] };

type Planned = { copyId: string; payload: Payload; copy: ProofCopy };
type Prepared = { proofId: string; account: TestAccount; planned: Planned[] };

/** An SMS and a WhatsApp message have no subject: the mark stands before their text. */
const marked = ({ parts, content }: Preview): Pick<Preview, 'parts' | 'content'> => ({ content, parts: { ...parts, ...(parts['text'] !== undefined && parts['subject'] === undefined && { text: `${PROOF_MARK} ${parts['text']}` }) } });

async function renderFor(engine: Engine, transaction: Transaction, workspaceId: string, { key, content, readers }: ProofInput): Promise<Result<{ reader: ProofReader; preview: Preview }[]>> {
  const rendered: { reader: ProofReader; preview: Preview }[] = [];
  for (const [index, reader] of readers.entries()) {
    const preview = await renderPreview(engine, transaction, workspaceId, { key, content, ...reader, followable: true });
    if (!preview.ok) return fail(...preview.problems.map((problem) => ({ ...problem, path: ['body', 'readers', index] })));
    rendered.push({ reader, preview: preview.value });
  }
  return ok(rendered);
}

async function prepare(engine: Engine, transaction: Transaction, workspaceId: string, actor: string, input: ProofInput): Promise<Result<Prepared>> {
  const list = await findProofList(transaction, input.listId);
  const rendered = await renderFor(engine, transaction, workspaceId, input);
  if (!rendered.ok) return rendered;
  const channel = rendered.value[0]?.preview.channel ?? 'email';
  const wanted: ProofRecipient['kind'] | null = CHANNEL_FACTS[channel].address === 'email' ? 'email' : channel === 'sms' || channel === 'whatsapp' ? 'phone' : null;
  const people = list.recipients.filter(({ kind }) => kind === wanted);
  if (people.length === 0) return fail({ code: 'proof.noRecipients', message: wanted === null ? 'Proofs are e-mails, SMS and WhatsApp messages: a letter, a call or a notification is tried by its preview and its test.' : `Nobody on this list has ${wanted === 'email' ? 'an e-mail address' : 'a phone number'}.`, path: ['body', 'listId'] });
  const account = await findTestAccount(engine, transaction, workspaceId, actor, channel);
  if (!account.ok) return account;
  const template = input.content ? null : await findTemplateByKey(transaction, input.key);
  const proofId = newId();
  await transaction`
    insert into proofs (id, workspace_id, template_key, template_number, list_name, journey_id, node_id, actor, at)
    values (${proofId}, ${workspaceId}, ${input.key}, ${template?.number ?? null}, ${list.name}, ${input.journeyId ?? null}, ${input.nodeId ?? null}, ${actor}, workspace_now(${workspaceId}))`;
  const verifiedDomains = await loadVerifiedDomains(transaction, workspaceId);
  const planned: Planned[] = [];
  for (const { reader, preview } of rendered.value) {
    const sender = senderOf(account.value, { senders: await findSenders(transaction, { customerId: reader.customerId }), verifiedDomains });
    for (const { name, value } of people) {
      const copyId = newId();
      const copy: ProofCopy = { recipient: value, name: name ?? null, language: preview.language.language, outcome: 'sending', reason: null };
      planned.push({ copyId, copy, payload: payloadOf(engine, account.value, { kind: 'address', to: value }, { ...marked(preview), sender, mark: PROOF_MARK }) });
      await transaction`
        insert into proof_copies (id, workspace_id, proof_id, recipient_name, recipient, reader_id, language, outcome)
        values (${copyId}, ${workspaceId}, ${proofId}, ${copy.name}, ${value}, ${reader.customerId ?? null}, ${copy.language}, 'sending')`;
    }
  }
  await audit({ transaction, workspaceId, actor }, { action: 'template.proof', subject: input.key, after: { list: list.name, copies: planned.length, ...(template && { number: template.number }) } });
  return ok({ proofId, account: account.value, planned });
}

/** Answers what became of each copy. Twenty tests and proofs in an hour per person at most. */
export async function sendProof(engine: Engine, workspaceId: string, actor: string, input: ProofInput, open: OpenVendor = openVendor): Promise<Result<SentProof>> {
  const made = await inWorkspace(engine.database, workspaceId, (transaction) => prepare(engine, transaction, workspaceId, actor, input));
  if (!made.ok) return made;
  const { proofId, account, planned } = made.value;
  const vendor = open(account);
  for (let start = 0; start < planned.length; start += vendor.batchLimit) {
    const batch = planned.slice(start, start + vendor.batchLimit);
    const outcome = await vendor.send(newId(), batch.map(({ payload }) => payload));
    for (const { copy, payload } of batch) {
      const member = outcome.kind === 'answered' ? outcome.members.find(({ messageId }) => messageId === payload.messageId) : undefined;
      copy.outcome = outcome.kind !== 'answered' ? 'notTaken' : member?.kind === 'refused' ? 'refused' : 'sent';
      copy.reason = member?.kind === 'refused' ? member.reason.slice(0, 300) : null;
    }
    await inWorkspace(engine.database, workspaceId, (transaction) => transaction`
      update proof_copies c set outcome = t.outcome, reason = t.reason
        from unnest(${batch.map(({ copyId }) => copyId)}::uuid[], ${batch.map(({ copy }) => copy.outcome)}::text[], ${batch.map(({ copy }) => copy.reason)}::text[]) t(id, outcome, reason) where c.id = t.id`);
  }
  return ok({ proofId, copies: planned.map(({ copy }) => copy) });
}

export type ProofLine = { id: string; number: number | null; list: string; journeyId: string | null; nodeId: string | null; actor: string; at: Date; copies: ProofCopy[] };
/** The latest proofs of a template, newest first, with who got them. */
export const listProofs = (transaction: Transaction, key: string, limit: number): Promise<ProofLine[]> => transaction<ProofLine[]>`
  select p.id, p.template_number as number, p.list_name as list, p.journey_id as "journeyId", p.node_id as "nodeId", p.actor, p.at,
         (select coalesce(jsonb_agg(jsonb_build_object('recipient', c.recipient, 'name', c.recipient_name, 'language', c.language, 'outcome', c.outcome, 'reason', c.reason) order by c.id), '[]') from proof_copies c where c.proof_id = p.id) as copies
    from proofs p where p.template_key = ${key} order by p.id desc limit ${limit}`;
