/** The simulated vendors' memory in a process, for tests that need no database. Workspace time is the caller's `now`; it lives as long as the object. */
import type { ClaimedCallback, IdempotentAnswer, VendorAccount, VendorCallback, VendorMessage, VendorStore } from '#db/queries/vendor-store.ts';
import type { Instant } from '#domain/shared/time.ts';

type Held = VendorCallback & { state: 'pending' | 'done' | 'dead'; attempts: number; notBeforeMs: number };

/** A store that knows these accounts. `now` is workspace time, `machineNow` times leases and retries. */
export function openMemoryStore(input: { accounts: VendorAccount[]; now: () => Instant; machineNow: () => number }): VendorStore {
  const { accounts, now, machineNow } = input;
  const messages: VendorMessage[] = [];
  const callbacks = new Map<string, Held>();
  const attempts = new Map<string, number>();
  const domains = new Map<string, { id: string; accountId: string; name: string; askedAtMs: number | null }>();
  const answers = new Map<string, IdempotentAnswer>();
  const due = () => [...callbacks.values()].filter((callback) => callback.state === 'pending' && callback.dueAt <= now()).sort((a, b) => a.dueAt - b.dueAt);
  const save = (added: VendorCallback[]) => added.forEach((callback) => callbacks.set(callback.id, { ...callback, state: 'pending', attempts: 0, notBeforeMs: 0 }));
  const claim = (held: Held, leaseSeconds: number): ClaimedCallback[] => {
    const account = accounts.find(({ id }) => id === held.accountId);
    if (!account) return [];
    held.attempts += 1;
    held.notBeforeMs = machineNow() + leaseSeconds * 1_000;
    return [{ ...held, vendor: account.vendor, signingSecret: account.signingSecret }];
  };

  return {
    findAccount: async (vendor, credential) => accounts.find((account) => account.vendor === vendor && account.credential === credential) ?? null,
    getAccount: async (id) => accounts.find((account) => account.id === id) ?? null,
    workspaceNow: async () => now(),
    async countAttempt(accountId, recipient) {
      const key = `${accountId} ${recipient}`;
      attempts.set(key, (attempts.get(key) ?? 0) + 1);
      return attempts.get(key) ?? 1;
    },
    findIdempotent: async (accountId, key) => answers.get(`${accountId} ${key}`) ?? null,
    async saveAccepted(accepted) {
      const key = `${accepted.accountId} ${accepted.idempotent?.key}`;
      if (accepted.idempotent && answers.has(key)) return false;
      if (accepted.idempotent) answers.set(key, accepted.idempotent);
      for (const message of accepted.messages) messages.push({ ...message, seq: messages.length + 1 });
      save(accepted.callbacks);
      return true;
    },
    saveCallbacks: async (added) => save(added),
    claimDueCallbacks: async (limit, leaseSeconds) => due().filter(({ notBeforeMs }) => notBeforeMs <= machineNow()).slice(0, limit).flatMap((held) => claim(held, leaseSeconds)),
    async finishCallback(id, end) {
      const held = callbacks.get(id);
      if (!held) return;
      held.state = end.state;
      held.notBeforeMs = machineNow() + (end.state === 'pending' ? end.retryAfterSeconds * 1_000 : 0);
    },
    async releaseClaims() {
      for (const held of callbacks.values()) held.notBeforeMs = 0;
    },
    countDueCallbacks: async () => due().length,
    async listMessages({ to, channel, workspaceId, after = 0, limit, newestFirst }) {
      const found = messages.filter((message) => (to === undefined || message.recipient === to) && (channel === undefined || message.channel === channel) && (workspaceId === undefined || message.workspaceId === workspaceId) && message.seq > after);
      return (newestFirst ? found.reverse() : found).slice(0, limit);
    },
    findMessage: async (id) => messages.find((message) => message.id === id) ?? null,
    async saveDomain(domain) {
      if ([...domains.values()].some(({ accountId, name }) => accountId === domain.accountId && name === domain.name)) return null;
      domains.set(domain.id, { ...domain, askedAtMs: null });
      return { id: domain.id, name: domain.name, askedSecondsAgo: null };
    },
    listDomains: async (accountId) => [...domains.values()].filter((each) => each.accountId === accountId).map(({ id, name, askedAtMs }) => ({ id, name, askedSecondsAgo: askedAtMs === null ? null : (machineNow() - askedAtMs) / 1_000 })),
    async askDomain(id) {
      const domain = domains.get(id);
      if (domain) domain.askedAtMs ??= machineNow();
    },
    removeDomain: async (id) => void domains.delete(id),
    async setMessageStatus(id, status, was) {
      const message = messages.find((candidate) => candidate.id === id && candidate.status === was);
      if (message) message.status = status;
      return message !== undefined;
    },
  };
}
