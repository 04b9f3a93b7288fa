/**
 * The hundred live days, hour by hour, beside a jump of the brand's clock: tills post what they sold, people join, read their messages, answer
 * them, buy because of them, and take rewards. What follows from it is the engine's work; nothing of it is written here.
 */
import { inWorkspace } from '#db/connection.ts';
import { drawAnswers, MESSAGE_KINDS, type Answer, type MessageKind } from '#db/demo/answers.ts';
import { openChance } from '#db/demo/chance.ts';
import { SEED, type DemoBrand } from '#db/demo/demo-brand.ts';
import { PROGRAMME_KEY, REWARD_COST_POINTS, REWARD_KEY } from '#db/demo/loyalty.ts';
import type { DemoPerson } from '#db/demo/people.ts';
import { PINNED } from '#db/demo/pinned-people.ts';
import { drawBasket, identify, purchaseEvent, type Posted, type TillEvent } from '#db/demo/sales.ts';
import { hoursOf } from '#db/demo/shop-calendar.ts';
import { MINUTE_MS, type Instant } from '#domain/shared/time.ts';
import { redeemReward } from '#engine/commands/redeem-reward.ts';
import type { Engine } from '#engine/engine.ts';
import type { IngestAnswer } from '#engine/ingest-events.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import type { Alongside } from '#engine/run-jump.ts';
import { ACTOR } from '#bin/demo/brand/found-brand.ts';
import type { Mailbox, ReceivedMessage } from '#bin/demo/brand/mailbox.ts';
import { admitPeople, postEvents } from '#bin/demo/brand/post-events.ts';

const ACTS_AT_ONCE = 8;
/** Of the customers who could take a reward when they buy, those who do. */
const TAKES_REWARD = 0.3;

type Planned = Answer & { message: ReceivedMessage; person: DemoPerson };
/** What was done, and the true number of purchases that messages caused. */
export type ShopCounts = { sales: number; joined: number; messages: number; opens: number; clicks: number; stops: number; causedPurchases: number; rewards: number };

/** `onHour` hears how far the days have come, from 0 to 1. */
export function openShops(input: { engine: Engine; workspaceId: string; brand: DemoBrand; mailbox: Mailbox; until: Instant; onHour: (share: number) => void }): Alongside & { counts: ShopCounts } {
  const { engine, workspaceId, brand, mailbox, until, onHour } = input;
  const hours = brand.calendar.days.flatMap((day) => hoursOf(day).map((at) => ({ at, day }))).filter(({ at }) => at > brand.liveFrom && at <= until);
  const openAt = new Map(hours.filter(({ day }) => day.weight > 0).map(({ at, day }) => [at, day]));
  const byAddress = new Map(brand.people.flatMap((person) => [person.email, person.phone].flatMap((address): [string, DemoPerson][] => (address ? [[address.toLowerCase(), person]] : []))));
  const joining = (at: Instant): DemoPerson[] => brand.people.filter(({ joined }) => joined.postAt === at && at > brand.liveFrom);
  const counts: ShopCounts = { sales: 0, joined: 0, messages: 0, opens: 0, clicks: 0, stops: 0, causedPurchases: 0, rewards: 0 };
  let planned: Planned[] = [];
  const counted = new Map<string, number>();
  /** 1, 2, 3 … for each thing counted. */
  const count = (what: string): number => {
    const next = (counted.get(what) ?? 0) + 1;
    counted.set(what, next);
    return next;
  };

  async function readMail(): Promise<void> {
    const received = await mailbox.read();
    if (received.length === 0) return;
    counts.messages += received.length;
    const kinds = await kindsOf(engine, workspaceId, received);
    for (const message of received) {
      const person = byAddress.get(message.to.toLowerCase());
      const kind = kinds.get(message.messageId ?? '');
      if (!person || !kind || message.bounced) continue;
      const nth = count(`${kind} to ${person.externalId}`);
      planned.push(...answersOf(brand, person, { kind, nth, at: message.at }).map((answer) => ({ ...answer, message, person })));
    }
  }

  async function act(answer: Planned): Promise<void> {
    if (answer.kind === 'open') await mailbox.open(answer.message).then(() => (counts.opens += 1));
    else if (answer.kind === 'click') await mailbox.click(answer.message, answer.score).then(() => (counts.clicks += 1));
    else if (answer.kind === 'stop') await mailbox.reply(answer.message.to, 'STOP').then(() => (counts.stops += 1));
  }

  /** Everything that is due, and of the purchases only those of an open hour. */
  function takeDue(at: Instant): Planned[] {
    const isDue = ({ kind, notBefore }: Planned): boolean => notBefore <= at && (kind !== 'buy' || openAt.has(at));
    const due = planned.filter(isDue);
    planned = planned.filter((answer) => !isDue(answer));
    return due;
  }

  function causedPurchase({ person }: Planned, at: Instant): Posted {
    const orderId = `${person.externalId}-m${count(`caused by ${person.externalId}`)}`;
    const chance = openChance(SEED, 'caused', orderId);
    const store = person.home === 'strasbourg' ? 'lyon' : person.home;
    const time = { occurredAt: at - chance.between(1, 59) * MINUTE_MS, postAt: at };
    return purchaseEvent({ orderId, time, store, basket: drawBasket(chance, openAt.get(at)!.month), customer: identify(person) });
  }

  return {
    counts,
    nextAt: (after) => hours.find(({ at }) => at > after)?.at ?? null,
    async happen(at) {
      await readMail();
      const due = takeDue(at);
      await inTurns(due.filter(({ kind }) => kind !== 'buy'), act);
      const people = joining(at);
      if (people.length > 0) await admitPeople(engine, workspaceId, people, { historical: false });
      const caused = due.filter(({ kind }) => kind === 'buy').map((answer) => causedPurchase(answer, at));
      const sales = [...(brand.live.get(at) ?? []), ...caused].map(({ event }) => event);
      const answers = await postEvents(engine, workspaceId, sales);
      counts.rewards += await takeRewards(engine, workspaceId, brand, sales, answers);
      counts.joined += people.length;
      counts.sales += sales.length;
      counts.causedPurchases += caused.length;
      onHour((at - brand.liveFrom) / (until - brand.liveFrom));
    },
  };
}

/** Pinned people answer nothing by chance; one of them says STOP. */
function answersOf(brand: DemoBrand, person: DemoPerson, message: { kind: MessageKind; nth: number; at: Instant }): Answer[] {
  if (!brand.pinned.has(person.externalId)) return drawAnswers(SEED, { ...message, recipient: person.externalId });
  return person.externalId === PINNED.stop && message.kind === 'welcome-sms' ? [{ kind: 'stop', notBefore: message.at + MINUTE_MS }] : [];
}

/** Which journey each message came from, read from the brand's own messages. */
async function kindsOf(engine: Engine, workspaceId: string, received: ReceivedMessage[]): Promise<Map<string, MessageKind>> {
  const ids = received.flatMap(({ messageId }) => messageId ?? []);
  const rows = await inWorkspace(engine.database, workspaceId, (transaction) => transaction<{ id: string; key: string }[]>`
    select m.id, t.key from messages m join templates t on t.id = m.template_id where m.id = any(${ids}::uuid[])`);
  return new Map(rows.flatMap(({ id, key }) => MESSAGE_KINDS.filter((kind) => kind === key).map((kind): [string, MessageKind] => [id, kind])));
}

/** At the till, some of those whose points suffice turn them into a voucher. */
async function takeRewards(engine: Engine, workspaceId: string, brand: DemoBrand, sales: TillEvent[], answers: IngestAnswer[]): Promise<number> {
  const pinnedCards = new Set(brand.people.filter(({ externalId }) => brand.pinned.has(externalId)).map(({ card }) => card));
  let taken = 0;
  for (const [index, answer] of answers.entries()) {
    const { customerId } = answer;
    const balance = answer.loyalty?.[0]?.balance ?? 0;
    if (!customerId || balance < REWARD_COST_POINTS || pinnedCards.has(sales[index]?.customer?.card ?? '') || !openChance(SEED, 'reward', answer.id ?? '').happens(TAKES_REWARD)) continue;
    const result = await runInWorkspace(engine, { workspaceId, actor: ACTOR }, ({ command }) => redeemReward(command, { programmeKey: PROGRAMME_KEY, rewardKey: REWARD_KEY, customerId }));
    if (result.ok) taken += 1;
  }
  return taken;
}

async function inTurns<T>(list: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(ACTS_AT_ONCE, waiting.length) }, lane));
}

