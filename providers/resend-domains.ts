/**
 * The domains of a Resend account, through Resend's own SDK: found, made, looked at, asked to be verified, removed. Nothing throws for what the vendor or the network does.
 * https://resend.com/docs/api-reference/domains
 */
import { Resend, type ErrorResponse } from 'resend';
import { domainState, type DomainRecord, type DomainState } from '#domain/messages/sender-domain.ts';

export type VendorDomain = { vendorId: string; name: string; state: DomainState; records: DomainRecord[] };
/** `gone`: the account knows no such domain. `refused`: it never will take this. `unavailable`: later, perhaps. */
export type DomainAnswer<T> = { kind: 'done'; value: T } | { kind: 'gone' } | { kind: 'refused'; reason: string } | { kind: 'unavailable'; reason: string };

export type DomainVendor = {
  /** Null when the account has no domain of this name. */
  find(name: string): Promise<DomainAnswer<VendorDomain | null>>;
  create(name: string): Promise<DomainAnswer<VendorDomain>>;
  get(vendorId: string): Promise<DomainAnswer<VendorDomain>>;
  /** Asks the vendor to look for the records; what it finds is told later, by `get`. */
  verify(vendorId: string): Promise<DomainAnswer<null>>;
  remove(vendorId: string): Promise<DomainAnswer<null>>;
};

const PAGE = 100;
const MOST_PAGES = 20;

type Answered<T> = { data: T; error: null } | { data: null; error: ErrorResponse };
type Told = { id: string; name: string; status: string; records: { record: string; name: string; type: string; value: string; ttl?: string; status: string; priority?: number }[] };

const toDomain = ({ id, name, status, records }: Told): VendorDomain => ({
  vendorId: id, name, state: domainState(status),
  records: records.map((record) => ({ purpose: record.record, type: record.type, name: record.name, value: record.value, ttl: record.ttl ?? 'Auto', priority: record.priority ?? null, state: domainState(record.status) })),
});

async function ask<T, R>(call: () => Promise<Answered<T>>, read: (data: T) => R): Promise<DomainAnswer<R>> {
  try {
    const { data, error } = await call();
    if (error === null) return { kind: 'done', value: read(data) };
    const { statusCode, message, name } = error;
    if (statusCode === 404) return { kind: 'gone' };
    // A key that may only send cannot ask of domains (401, 403); a name that is taken elsewhere is refused for good (403, 422).
    return statusCode !== null && statusCode >= 400 && statusCode < 500 && statusCode !== 429 ? { kind: 'refused', reason: message } : { kind: 'unavailable', reason: name };
  } catch (error) {
    return { kind: 'unavailable', reason: error instanceof Error ? error.name : 'unknown' };
  }
}

export function openResendDomains(account: { apiKey: string; baseUrl?: string | undefined }): DomainVendor {
  const { domains } = new Resend(account.apiKey, account.baseUrl ? { baseUrl: account.baseUrl } : undefined);
  const get = (vendorId: string) => ask(() => domains.get(vendorId), toDomain);
  return {
    get,
    create: (name) => ask(() => domains.create({ name }), toDomain),
    verify: (vendorId) => ask(() => domains.verify(vendorId), () => null),
    remove: (vendorId) => ask(() => domains.remove(vendorId), () => null),
    async find(name) {
      let after: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const listed = await ask(() => domains.list({ limit: PAGE, ...(after !== undefined && { after }) }), (data) => data);
        if (listed.kind !== 'done') return listed;
        const known = listed.value.data.find((each) => each.name === name);
        if (known) return get(known.id);
        after = listed.value.data.at(-1)?.id;
        if (!listed.value.has_more || after === undefined) break;
      }
      return { kind: 'done', value: null };
    },
  };
}
