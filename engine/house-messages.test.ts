import { beforeEach, describe, expect, it } from 'vitest';
import { inWorkspace } from '#db/connection.ts';
import { changeConsents } from '#engine/apply-consent.ts';
import { closeTask } from '#engine/commands/close-task.ts';
import { closeLetterBatch, exportLetterBatch, postLetterBatch, returnLetter } from '#engine/commands/letters.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace, type BuiltWorkspace } from '#tests/harness/builders.ts';
import { withTestVendors, type TestVendors } from '#tests/harness/with-test-engine.ts';

let sql: TestVendors['sql'];
let engine: TestVendors['engine'];
let vendors: TestVendors['vendors'];
let workspace: BuiltWorkspace;
withTestVendors((made) => ({ sql, engine, vendors } = made));

/** A Tuesday, eleven in the morning in Paris. */
const MORNING = '2026-09-15T09:00:00Z';
const HOME = { firstName: 'Anna', lastName: 'Martin', street: '12 rue des Lilas', postalCode: '69001', city: 'Lyon' };
const PHONE = '+33639980123';

beforeEach(async () => { workspace = await buildWorkspace(sql, { vendorUrl: vendors.url, standsAt: MORNING }); });

async function template(channel: 'letter' | 'call', text: string): Promise<string> {
  const saved = await saveTemplate(engine, workspace.id, { key: channel, name: channel, content: { channel, variants: { fr: { text } } } });
  if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
  return saved.value.templateId;
}
async function send(channel: 'letter' | 'call', templateId: string, customerId: string): Promise<string> {
  const [id] = await buildMessages(sql, workspace.id, [{ customerId, templateId, channel, variables: { size: '104' } }]);
  await dispatchOnce(engine, workspace.id);
  return id!;
}
const command = <T>(work: (context: CommandContext) => Promise<T>): Promise<T> => inWorkspace(engine.database, workspace.id, (transaction) => work({ transaction, workspaceId: workspace.id, actor: 'user:test' }));
const row = async (id: string) => (await sql`select status, channel, address, reason, handed_over_at from messages where id = ${id}`)[0]!;
const batches = () => sql<{ id: string; number: number; state: string }[]>`select id, number, state from letter_batches where workspace_id = ${workspace.id} order by number`;
const pressure = (customerId: string) => sql`select state from pressure_entries where customer_id = ${customerId}`;
const deny = (customerId: string, channel: string) => sql`insert into consents (id, workspace_id, customer_id, purpose, channel, state, source, at) values (gen_random_uuid(), ${workspace.id}, ${customerId}, 'marketing', ${channel}, 'denied', 'preferencePage', now())`;
const prove = (customerId: string) => sql`update consents set proof = '{"form": "sign-up"}' where customer_id = ${customerId} and channel = 'call'`;

describe('a letter', () => {
  it('lies on a batch, is a line of its file, and is sent once somebody says that it was posted (§4.3, §7.1)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { profile: HOME });
    const id = await send('letter', await template('letter', 'Chère {{ customer.firstName }}'), customerId);
    expect(await row(id)).toMatchObject({ status: 'sending', address: '12 rue des Lilas, 69001 Lyon, FR', handed_over_at: expect.any(Date) });
    expect(await sql`select from outbox where workspace_id = ${workspace.id}`).toHaveLength(0);
    const [batch] = await batches();
    await expect(command((context) => exportLetterBatch(context, batch!.id))).rejects.toThrow('Close the batch first');
    expect(await command((context) => closeLetterBatch(context, batch!.id))).toMatchObject({ withdrawn: 0 });
    expect(await command((context) => exportLetterBatch(context, batch!.id))).toMatchObject([{ recipient: { name: 'Anna Martin', street: '12 rue des Lilas', postalCode: '69001', city: 'Lyon', country: 'FR' }, text: 'Chère Anna', variables: { size: '104' }, language: 'fr', replyCode: expect.stringMatching(/^[2-9A-HJ-NP-Z]{8}$/) }]);
    await command((context) => postLetterBatch(context, batch!.id));
    expect(await row(id)).toMatchObject({ status: 'sent' });
    await expect(command((context) => postLetterBatch(context, batch!.id))).rejects.toThrow('posted already');
  });

  it('counts as pressure from its hand-over on (§5.1)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { profile: HOME });
    await send('letter', await template('letter', 'Bonjour'), customerId);
    expect(await pressure(customerId)).toEqual([{ state: 'handedOver' }]);
  });

  it('is taken out when its batch is closed if its customer has said no meanwhile (§6.7), and its place is free again (§5.12)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { profile: HOME });
    const id = await send('letter', await template('letter', 'Bonjour'), customerId);
    await deny(customerId, 'letter');
    const [batch] = await batches();
    expect(await command((context) => closeLetterBatch(context, batch!.id))).toMatchObject({ withdrawn: 1 });
    expect(await row(id)).toMatchObject({ status: 'suppressed', reason: { code: 'consent.denied' } });
    expect(await command((context) => exportLetterBatch(context, batch!.id))).toEqual([]);
    expect(await pressure(customerId)).toEqual([]);
  });

  it('that comes back suspends its address for everybody there, until another address is known (§13.7)', async () => {
    const templateId = await template('letter', 'Bonjour');
    const customerId = await buildCustomer(sql, workspace.id, { profile: HOME });
    const id = await send('letter', templateId, customerId);
    const [batch] = await batches();
    await command((context) => closeLetterBatch(context, batch!.id));
    await command((context) => postLetterBatch(context, batch!.id));
    const [letter] = await sql<{ reply_code: string }[]>`select reply_code from letters where message_id = ${id}`;
    await command((context) => returnLetter(context, letter!.reply_code.toLowerCase()));
    expect(await row(id)).toMatchObject({ status: 'bounced', reason: { code: 'letter.returned' } });
    const flatmate = await buildCustomer(sql, workspace.id, { profile: { ...HOME, firstName: 'Paul' } });
    expect(await row(await send('letter', templateId, flatmate))).toMatchObject({ status: 'suppressed', reason: { code: 'unreachable.returned' } });
    await sql`update customers set profile = profile || '{"street": "3 place Bellecour"}' where id = ${flatmate}`;
    expect(await row(await send('letter', templateId, flatmate))).toMatchObject({ status: 'sending', address: '3 place Bellecour, 69001 Lyon, FR' });
    await expect(command((context) => returnLetter(context, 'NOBODY22'))).rejects.toMatchObject({ code: 'letters.unknown' });
  });

  it('begins another batch after one was closed, and each is on one batch only, however many dispatchers run', async () => {
    const templateId = await template('letter', 'Bonjour');
    const customers = await Promise.all(Array.from({ length: 6 }, (_, index) => buildCustomer(sql, workspace.id, { profile: { ...HOME, street: `${index} rue` } })));
    await buildMessages(sql, workspace.id, customers.slice(0, 5).map((customerId) => ({ customerId, templateId, channel: 'letter' as const })));
    await Promise.all([dispatchOnce(engine, workspace.id), dispatchOnce(engine, workspace.id), dispatchOnce(engine, workspace.id)]);
    await dispatchOnce(engine, workspace.id);
    const [first] = await batches();
    await command((context) => closeLetterBatch(context, first!.id));
    await send('letter', templateId, customers[5]!);
    expect(await sql`select b.number, count(*)::int from letters l join letter_batches b on b.id = l.batch_id where l.workspace_id = ${workspace.id} group by b.number order by 1`).toEqual([{ number: 1, count: 5 }, { number: 2, count: 1 }]);
  });

  it('that comes while its batch is being closed lies on the next one, not on a file that was made without it', async () => {
    const templateId = await template('letter', 'Bonjour');
    const [first, second] = [await buildCustomer(sql, workspace.id, { profile: HOME }), await buildCustomer(sql, workspace.id, { profile: { ...HOME, street: '3 place Bellecour' } })];
    await send('letter', templateId, first);
    const [batch] = await batches();
    let sending: Promise<string> | undefined;
    await command(async (context) => {
      await closeLetterBatch(context, batch!.id);
      sending = send('letter', templateId, second);
      await expect.poll(async () => (await context.transaction`select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`).length).toBeGreaterThan(0);
    });
    await sending;
    expect(await sql`select b.number, count(*)::int from letters l join letter_batches b on b.id = l.batch_id where l.workspace_id = ${workspace.id} group by b.number order by 1`).toEqual([{ number: 1, count: 1 }, { number: 2, count: 1 }]);
  });

  it('needs a street, a postcode and a city', async () => {
    const { street: _, ...homeless } = HOME;
    const customerId = await buildCustomer(sql, workspace.id, { profile: homeless });
    expect(await row(await send('letter', await template('letter', 'Bonjour'), customerId))).toMatchObject({ status: 'suppressed', reason: { code: 'unreachable.noAddress' } });
  });
});

describe('a call', () => {
  const callTo = async (): Promise<{ customerId: string; id: string; taskId: string }> => {
    const customerId = await buildCustomer(sql, workspace.id, { phone: PHONE });
    await prove(customerId);
    const id = await send('call', await template('call', 'Demandez {{ customer.firstName | default: "la personne" }}'), customerId);
    const [task] = await sql<{ id: string }[]>`select id from tasks where message_id = ${id}`;
    return { customerId, id, taskId: task?.id ?? '' };
  };
  const close = (taskId: string, outcome: string) => command((context) => closeTask(context, taskId, { state: 'done', outcome }, null));

  it('lies on the list of calls with what to say, counts as pressure, and its outcome settles the message (§4.3, §5.1)', async () => {
    const { customerId, id, taskId } = await callTo();
    expect(await sql`select kind, state, note from tasks where message_id = ${id}`).toEqual([{ kind: 'call', state: 'open', note: 'Demandez la personne' }]);
    expect(await row(id)).toMatchObject({ status: 'sending', address: PHONE });
    expect(await pressure(customerId)).toEqual([{ state: 'handedOver' }]);
    await close(taskId, 'reached');
    expect(await row(id)).toMatchObject({ status: 'sent' });
  });

  it('that nobody answers fails and counts; one that nobody makes fails and does not', async () => {
    const unanswered = await callTo();
    await close(unanswered.taskId, 'noAnswer');
    expect(await row(unanswered.id)).toMatchObject({ status: 'failed', reason: { code: 'call.noAnswer' } });
    expect(await pressure(unanswered.customerId)).toHaveLength(1);
    await sql`delete from customer_identifiers where workspace_id = ${workspace.id}`;
    const dismissed = await callTo();
    await command((context) => closeTask(context, dismissed.taskId, { state: 'dismissed' }, null));
    expect(await row(dismissed.id)).toMatchObject({ status: 'failed', reason: { code: 'call.dismissed' } });
    expect(await pressure(dismissed.customerId)).toHaveLength(0);
  });

  it('that is refused begins sixty days of silence (§6.3)', async () => {
    const { customerId, id, taskId } = await callTo();
    await close(taskId, 'refused');
    expect(await row(id)).toMatchObject({ status: 'sent' });
    const [saved] = await sql<{ id: string }[]>`select id from templates where workspace_id = ${workspace.id}`;
    await sql`update clocks set stands_at = stands_at + interval '59 days' where workspace_id = ${workspace.id}`;
    expect(await row(await send('call', saved!.id, customerId))).toMatchObject({ status: 'suppressed', reason: { code: 'law.callRefused' } });
    await sql`update clocks set stands_at = stands_at + interval '3 days 2 hours' where workspace_id = ${workspace.id}`;
    expect(await row(await send('call', saved!.id, customerId))).toMatchObject({ status: 'sending' });
  });

  it('is taken off the list when its customer says no to being called, and its place is free again (§6.7, §5.12)', async () => {
    const { customerId, id, taskId } = await callTo();
    const say = (purpose: 'marketing' | 'transactional', channel: 'call' | 'email') => changeConsents(engine, workspace.id, [{ customerId, purpose, channel, state: 'denied', source: 'preferencePage', at: Date.parse(MORNING) }]);
    await say('marketing', 'email');
    await say('transactional', 'call');
    expect(await row(id), 'another channel, another purpose').toMatchObject({ status: 'sending' });
    await say('marketing', 'call');
    expect(await row(id)).toMatchObject({ status: 'suppressed', reason: { code: 'consent.denied' } });
    expect(await sql`select state, reason from tasks where id = ${taskId}`).toEqual([{ state: 'withdrawn', reason: { code: 'consent.denied' } }]);
    expect(await pressure(customerId)).toHaveLength(0);
    await expect(close(taskId, 'reached')).rejects.toThrow('closed already');
  });

  it('needs a consent with its proof since 11 August 2026 (§6.3)', async () => {
    const customerId = await buildCustomer(sql, workspace.id, { phone: PHONE });
    expect(await row(await send('call', await template('call', 'Bonjour'), customerId))).toMatchObject({ status: 'suppressed', reason: { code: 'law.callUnproved' } });
  });
});
