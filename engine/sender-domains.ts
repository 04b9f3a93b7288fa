/**
 * The domains in whose name a workspace sends e-mail: added at its vendor, shown with the records to put, and asked about again until they are verified, and ever after.
 * A call is made between two transactions, never within one; a domain that the vendor has already is taken over, so a call whose answer was lost is only made again.
 */
import { v7 as newId } from 'uuid';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { nextCheckSeconds, type DomainRecord, type DomainState } from '#domain/messages/sender-domain.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { loadAccount } from '#engine/dispatch/sending-account.ts';
import type { Engine } from '#engine/engine.ts';
import { queueNotices } from '#engine/notices/send-notices.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { writeAudit } from '#engine/write-audit.ts';
import { openResendDomains, type DomainAnswer, type DomainVendor, type VendorDomain } from '#providers/resend-domains.ts';

export type SenderDomain = {
  id: string; name: string; vendorId: string | null; state: DomainState; records: DomainRecord[]; reason: { code: string; figures?: Record<string, string> } | null;
  checks: number; checkedAt: Date | null; verifiedAt: Date | null; lostAt: Date | null; createdAt: Date; /** Since it was added, machine time. */ ageSeconds: number;
};
/** Opens the vendor of an account; tests hand in their own. */
export type OpenDomains = (account: { apiKey: string; baseUrl?: string | undefined }) => DomainVendor;
type Who = { workspaceId: string; actor: string };

const columns = (transaction: Transaction) => transaction`
  id, name, vendor_id as "vendorId", state, records, reason, checks, checked_at as "checkedAt", verified_at as "verifiedAt", lost_at as "lostAt", created_at as "createdAt", extract(epoch from clock_timestamp() - created_at)::float8 as "ageSeconds"`;
export const listSenderDomains = (transaction: Transaction): Promise<SenderDomain[]> => transaction<SenderDomain[]>`select ${columns(transaction)} from sender_domains order by name`;

async function findDomain(transaction: Transaction, domainId: string): Promise<SenderDomain> {
  const [row] = await transaction<SenderDomain[]>`select ${columns(transaction)} from sender_domains where id = ${domainId}`;
  if (!row) throw new PermanentError('domain.unknown', 'There is no such domain.');
  return row;
}

/** Null where e-mail leaves by no vendor that keeps domains. */
async function findVendor(engine: Engine, workspaceId: string, open: OpenDomains): Promise<DomainVendor | null> {
  const found = await inWorkspace(engine.database, workspaceId, (transaction) => loadAccount(engine, transaction, workspaceId, 'email'));
  return found.kind === 'ready' && found.account.config.kind === 'resend' ? open(found.account.config) : null;
}

/** What the vendor has of this name, or makes of it. */
async function findOrCreate(vendor: DomainVendor, name: string): Promise<DomainAnswer<VendorDomain>> {
  const known = await vendor.find(name);
  if (known.kind !== 'done') return known;
  if (known.value) return { kind: 'done', value: known.value };
  const made = await vendor.create(name);
  if (made.kind === 'done') return made;
  // It may have been taken although the answer says otherwise.
  const after = await vendor.find(name);
  return after.kind === 'done' && after.value ? { kind: 'done', value: after.value } : made;
}

const reasonOf = (answer: Exclude<DomainAnswer<unknown>, { kind: 'done' }>): NonNullable<SenderDomain['reason']> => {
  if (answer.kind === 'gone') return { code: 'domain.gone' };
  return answer.kind === 'refused' ? { code: 'domain.refused', figures: { vendorReason: answer.reason.slice(0, 300) } } : { code: 'domain.unavailable' };
};

/** Writes what was heard. One that was verified and is no more keeps since when, leaves a line in the log of changes, and is told to the owners. */
async function record(engine: Engine, { workspaceId, actor }: Who, domain: SenderDomain, answer: DomainAnswer<VendorDomain>): Promise<SenderDomain> {
  const heard = answer.kind === 'done' ? answer.value : null;
  const state = heard?.state ?? (answer.kind === 'gone' ? 'failed' : domain.state);
  const reason = answer.kind === 'done' ? null : reasonOf(answer);
  const checks = state === domain.state ? domain.checks + 1 : 0;
  return inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction<SenderDomain[]>`
      update sender_domains set vendor_id = ${heard?.vendorId ?? (answer.kind === 'gone' ? null : domain.vendorId)}, state = ${state}, records = ${transaction.json(heard?.records ?? domain.records)}, reason = ${reason && transaction.json(reason)}, checks = ${checks},
             checked_at = clock_timestamp(), next_check_at = clock_timestamp() + make_interval(secs => ${nextCheckSeconds({ state, checks, ageSeconds: domain.ageSeconds })}),
             verified_at = case when ${state === 'verified'} then coalesce(verified_at, clock_timestamp()) else verified_at end,
             lost_at = case when ${state === 'verified'} then null when ${domain.state === 'verified'} and ${state !== 'verified'} then clock_timestamp() else lost_at end
       where id = ${domain.id} returning ${columns(transaction)}`;
    if (!row) throw new PermanentError('domain.unknown', 'There is no such domain.');
    if (domain.state !== state) await writeAudit(transaction, workspaceId, { actor, action: 'domain.state', subject: domain.name, before: { state: domain.state }, after: { state } });
    if (domain.state === 'verified' && state !== 'verified') await queueNotices(transaction, workspaceId, { kind: 'domainLost', subject: domain.name });
    return row;
  });
}

/** Adds a domain, or takes over the one that the vendor has; asks at once that its records be looked for. */
export async function addSenderDomain(engine: Engine, who: Who, name: string, open: OpenDomains = openResendDomains): Promise<Result<SenderDomain>> {
  const { workspaceId, actor } = who;
  const vendor = await findVendor(engine, workspaceId, open);
  if (!vendor) return fail({ code: 'domain.noVendor', message: 'Domains are checked through Resend: set up e-mail with its keys first.', path: [] });
  const answer = await findOrCreate(vendor, name);
  if (answer.kind === 'refused') return fail({ code: 'domain.refused', message: `The vendor refused it: ${answer.reason}`, path: ['body', 'name'] });
  if (answer.kind !== 'done') return fail({ code: 'domain.unavailable', message: 'The vendor cannot be asked at the moment: try again in a minute.', path: [] });
  if (answer.value.state !== 'verified') await vendor.verify(answer.value.vendorId);
  const made = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const [row] = await transaction<SenderDomain[]>`
      insert into sender_domains (id, workspace_id, name, vendor_id, state) values (${newId()}, ${workspaceId}, ${name}, ${answer.value.vendorId}, 'notStarted')
      on conflict (workspace_id, name) do update set vendor_id = excluded.vendor_id returning ${columns(transaction)}`;
    if (!row) throw new Error('an upsert answers its row');
    await writeAudit(transaction, workspaceId, { actor, action: 'domain.add', subject: name });
    return row;
  });
  return ok(await record(engine, who, made, answer));
}

/** Asks the vendor what it finds. `verifies`: it is also asked to look again, and given the domain anew when it has lost it. */
export async function checkSenderDomain(engine: Engine, who: Who, domainId: string, { verifies }: { verifies: boolean }, open: OpenDomains = openResendDomains): Promise<SenderDomain> {
  const { workspaceId } = who;
  const domain = await inWorkspace(engine.database, workspaceId, (transaction) => findDomain(transaction, domainId));
  const vendor = await findVendor(engine, workspaceId, open);
  if (!vendor) return record(engine, who, domain, { kind: 'refused', reason: 'no Resend account' });
  let answer: DomainAnswer<VendorDomain> = domain.vendorId === null ? { kind: 'gone' } : await vendor.get(domain.vendorId);
  if (answer.kind === 'gone' && verifies) answer = await findOrCreate(vendor, domain.name);
  if (verifies && answer.kind === 'done' && answer.value.state !== 'verified') {
    const { vendorId } = answer.value;
    await vendor.verify(vendorId);
    answer = await vendor.get(vendorId);
  }
  return record(engine, who, domain, answer);
}

/** Takes a domain away, at the vendor too. One in whose name something leaves stays. */
export async function removeSenderDomain(engine: Engine, { workspaceId, actor }: Who, domainId: string, open: OpenDomains = openResendDomains): Promise<void> {
  const domain = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const found = await findDomain(transaction, domainId);
    const [used] = await transaction`select from provider_accounts where channel = 'email' and lower(config ->> 'from') like ${`%@${found.name}%`} limit 1`;
    if (used) throw new PermanentError('domain.inUse', `E-mails leave in the name of ${found.name}: give their sender another address first.`);
    return found;
  });
  const vendor = domain.vendorId === null ? null : await findVendor(engine, workspaceId, open);
  const removed = vendor && domain.vendorId !== null ? await vendor.remove(domain.vendorId) : null;
  if (removed?.kind === 'unavailable') throw new PermanentError('domain.unavailable', 'The vendor cannot be asked at the moment: try again in a minute.');
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    await transaction`delete from sender_domains where id = ${domainId}`;
    await writeAudit(transaction, workspaceId, { actor, action: 'domain.remove', subject: domain.name });
  });
}

const AT_A_TIME = 20;
/** A failed or waiting domain is asked to be looked for again, as nobody else asks the vendor to. */
export async function checkDueDomains(engine: Engine, open: OpenDomains = openResendDomains): Promise<number> {
  const due = await engine.database<{ workspaceId: string; domainId: string }[]>`select workspace_id as "workspaceId", domain_id as "domainId" from sender_domains_due(${AT_A_TIME})`;
  for (const { workspaceId, domainId } of due) {
    await checkSenderDomain(engine, { workspaceId, actor: 'domains' }, domainId, { verifies: true }, open).catch((error: unknown) => {
      // Removed meanwhile: there is nothing to ask of it.
      if (!(error instanceof PermanentError)) throw error;
    });
  }
  return due.length;
}
