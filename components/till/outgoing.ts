/**
 * What a till has still to send, kept in the browser until the server has answered: one entry per request, so that two tabs never overwrite each
 * other's. Each entry is the same however often it is sent: an event has its id, an enrolment names the same customer, a voucher is taken under the key
 * of its sale. A sale with a voucher is kept before either half is sent, so that no half is lost.
 */
import { api, ApiProblem } from '#components/api-client.ts';
import { withDiscount, type PurchaseEvent } from '#components/till/sale.ts';
import { STAFF_HEADER } from '#components/till/staff.ts';
import type { Posted, Redeemed } from '#components/till/till-types.ts';

/** A voucher that the server has still to take: `amountMinor` is what the goods cost, `discountMinor` what the till said. */
export type TakenVoucher = { code: string; amountMinor: number; discountMinor: number };
export type Outgoing = { id: string; at: number; path: '/events' | '/till/enrol'; body: unknown; amountMinor: number | null; voucher?: TakenVoucher; /** Who stood at the till, as a paired one tells it. */ staff?: string; refused: { code: string; detail: string } | null };
export type KeyValues = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;
export type Sent = { kind: 'answered'; answer: unknown; redeemed: Redeemed | null } | { kind: 'kept' } | { kind: 'refused'; code: string; detail: string };
type Post = (path: string, body: unknown, key?: string, headers?: Record<string, string>) => Promise<unknown>;

/** A refusal that will be the same tomorrow; anything else is tried again. */
const isFinal = (error: unknown): error is ApiProblem => error instanceof ApiProblem && [400, 403, 404, 409, 413, 422].includes(error.status);

const refusalIn = (error: ApiProblem): { code: string; detail: string } => ({ code: error.errors[0]?.code ?? error.code, detail: error.errors[0]?.message ?? error.detail });

export class OutgoingBox {
  private readonly prefix: string;
  private listeners = new Set<() => void>();

  constructor(private readonly storage: KeyValues, workspaceId: string, private readonly post: Post = (path, body, key, headers) => api.post(path, body, key, headers), private readonly staff: () => string | null = () => null) {
    this.prefix = `parcours.till.${workspaceId}.`;
  }

  /** In the order in which they were made. What cannot be read is left alone. */
  list(): Outgoing[] {
    const names = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '').filter((name) => name.startsWith(this.prefix));
    return names.flatMap((name): Outgoing[] => {
      try {
        return [JSON.parse(this.storage.getItem(name) ?? '') as Outgoing];
      } catch {
        return [];
      }
    }).sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1));
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  private keep(item: Outgoing): void {
    this.storage.setItem(`${this.prefix}${item.id}`, JSON.stringify(item));
    this.changed();
  }

  forget(id: string): void {
    this.storage.removeItem(`${this.prefix}${id}`);
    this.changed();
  }

  private made(item: Omit<Outgoing, 'refused'>): Outgoing {
    const staff = this.staff();
    return { ...item, ...(staff !== null && { staff }), refused: null };
  }

  /** In the name of whoever made it; when that name is good for nothing any more, of whoever stands there now. */
  private async postOf(item: Outgoing, path: string, body: unknown, key?: string): Promise<unknown> {
    try {
      return await this.post(path, body, key, item.staff === undefined ? undefined : { [STAFF_HEADER]: item.staff });
    } catch (error) {
      const now = this.staff();
      if (!(error instanceof ApiProblem && error.code === 'till.locked') || now === null || item.staff === undefined || now === item.staff) throw error;
      return this.post(path, body, key, { [STAFF_HEADER]: now });
    }
  }

  /** Kept first, then sent: a till that loses its power in between sends it when it is back. */
  async send(item: Omit<Outgoing, 'refused'>): Promise<Sent> {
    const made = this.made(item);
    this.keep(made);
    return this.attempt(made, false);
  }

  /** Kept to be sent after what waits already. */
  add(item: Omit<Outgoing, 'refused'>): void {
    this.keep(this.made(item));
  }

  /**
   * Takes the voucher of a sale, under the sale's own key. The discount is the server's at the counter; later it is what the customer was told and has
   * paid, even when the voucher is refused by then: the sale took place, and the refusal is shown.
   */
  private async takeVoucher(item: Outgoing, { code, amountMinor }: TakenVoucher, later: boolean): Promise<{ item: Outgoing; redeemed: Redeemed | null; refused: Outgoing['refused'] }> {
    const { voucher: _, ...rest } = item;
    try {
      const redeemed = (await this.postOf(item, `/vouchers/${code}/redeem`, { amountMinor, orderId: item.id }, `${item.id}:voucher`)) as Redeemed;
      const next = later ? rest : { ...rest, body: withDiscount(item.body as PurchaseEvent, amountMinor, redeemed.discountMinor), amountMinor: amountMinor - redeemed.discountMinor };
      this.keep(next);
      return { item: next, redeemed, refused: null };
    } catch (error) {
      if (!later || !isFinal(error)) throw error;
      return { item: rest, redeemed: null, refused: refusalIn(error) };
    }
  }

  /** Gives back the voucher of a sale that the server refused at the counter. Without an answer it stays used, and staff sees it on the customer's card. */
  private async releaseVoucher(item: Outgoing): Promise<void> {
    if (item.voucher) await this.postOf(item, `/vouchers/${item.voucher.code}/release`, { orderId: item.id }, `${item.id}:release`).catch(() => {});
  }

  private async attempt(given: Outgoing, later: boolean): Promise<Sent> {
    let item = given;
    let taken: Awaited<ReturnType<OutgoingBox['takeVoucher']>> | null = null;
    try {
      taken = item.voucher ? await this.takeVoucher(item, item.voucher, later) : null;
      item = taken?.item ?? item;
      const answer = await this.postOf(item, item.path, item.body);
      const problem = item.path === '/events' ? quarantined(answer) : null;
      if (taken?.refused) this.keep({ ...item, refused: taken.refused });
      else this.forget(item.id);
      return problem ? { kind: 'refused', ...problem } : { kind: 'answered', answer, redeemed: taken?.redeemed ?? null };
    } catch (error) {
      if (!isFinal(error)) return { kind: 'kept' };
      const refused = refusalIn(error);
      if (later) this.keep({ ...item, refused });
      else {
        this.forget(item.id);
        if (taken?.redeemed) await this.releaseVoucher(given);
      }
      return { kind: 'refused', ...refused };
    }
  }

  /** Sends what waits, in its order; stops at the first that cannot leave. What the server refuses stays, with the reason, until someone has read it. */
  async sendAll(): Promise<void> {
    for (const item of this.list()) {
      if (item.refused) continue;
      if ((await this.attempt(item, true)).kind === 'kept') return;
    }
  }
}

function quarantined(answer: unknown): { code: string; detail: string } | null {
  const [event] = (answer as Posted).events ?? [];
  return event?.status === 'quarantined' ? { code: event.code ?? 'event.rejected', detail: event.message ?? '' } : null;
}
