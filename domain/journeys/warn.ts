/** What is no mistake but should be seen before publishing: it can run, and something of it will not do what its author thinks. */
import { channelOfStep, type Channel } from '#domain/customers/channels.ts';
import { CustomerProfile } from '#domain/customers/profile.ts';
import { Temporal } from 'temporal-polyfill';
import { findMissingLanguages, type Readers } from '#domain/messages/missing-languages.ts';
import type { Validity } from '#domain/offers/offer.ts';
import type { Problem } from '#domain/shared/result.ts';
import { localTime, type Instant } from '#domain/shared/time.ts';
import type { Journey, JourneyNode } from './definition.ts';
import { addDuration } from './duration.ts';
import { nodeKind } from './node-kinds.ts';
import { waitMoment } from './nodes/wait.ts';

/** A problem that keeps nothing from running. `values` fill its sentence. */
export type Warning = Problem & { values: Record<string, string | number> };
/** What is known of the workspace; what is absent warns of nothing. */
export type Surroundings = { at: Instant; zone: string; offers?: Map<string, Validity>; reach?: { customers: number } & Record<Channel, { withAddress: number; agreed: number }>; transactional?: Set<string>; /** The languages of each template, and of the customers. */ texts?: { templates: ReadonlyMap<string, readonly string[]>; readers: Readers; language: string } };

const nodeAt = (journey: Journey, id: string | null): JourneyNode | undefined => journey.nodes.find((node) => node.id === id);
const warning = (journey: Journey, node: JourneyNode, code: string, message: string, values: Warning['values'] = {}): Warning => ({ code, message, path: ['nodes', journey.nodes.indexOf(node)], values });

/** Who is given an offer here, and still waits when it has ended: the shortest way to each wait counts. */
function waitsBeyondOffers(journey: Journey, { at, zone, offers }: Surroundings): Warning[] {
  const found: Warning[] = [];
  for (const grant of journey.nodes) {
    const validity = grant.kind === 'grantOffer' ? offers?.get(grant.settings.offerKey) : undefined;
    if (grant.kind !== 'grantOffer' || !validity) continue;
    const ends = 'days' in validity ? localTime(at, zone).toPlainDate().add({ days: validity.days + 1 }) : Temporal.PlainDate.from(validity.until).add({ days: 1 });
    const end = ends.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    const reached = new Map<string, Instant>();
    const queue: [string | null | undefined, Instant][] = [[grant.next['next'], at]];
    for (let entry = queue.shift(); entry; entry = queue.shift()) {
      const node = nodeAt(journey, entry[0] ?? null);
      const [, from] = entry;
      if (!node || (reached.get(node.id) ?? Infinity) <= from) continue;
      reached.set(node.id, from);
      for (const [port, target] of Object.entries(node.next)) {
        // Without a customer only clocks and durations tell how long somebody waits.
        const until = node.kind === 'wait' ? (waitMoment(node.settings, from, { zone, profile: NOBODY, event: null, history: [] }) ?? from)
          : node.kind === 'waitForEvent' && port === 'timeout' && node.settings.timeout ? addDuration(from, node.settings.timeout, zone) : from;
        if (until >= end && from < end && target !== null) found.push(warning(journey, node, 'warn.waitOutlivesOffer', `When this wait is over, the offer «${grant.settings.offerKey}» given before has ended.`, { offer: grant.settings.offerKey }));
        else if (until < end) queue.push([target, until]);
      }
    }
  }
  return found;
}

const NOBODY = CustomerProfile.parse({});

/** Branches that nobody takes: a share of nothing, and a question that was answered above with nothing in between. */
function branchesNobodyTakes(journey: Journey): Warning[] {
  const found: Warning[] = [];
  for (const node of journey.nodes) {
    if (node.kind === 'randomSplit') {
      for (const { key, weight } of node.settings.branches) if (weight === 0 && node.next[key]) found.push(warning(journey, node, 'warn.branchOfNobody', `Nobody takes the branch «${key}»: its weight is 0.`, { branch: key }));
    }
    if (node.kind !== 'condition') continue;
    const asked = JSON.stringify(node.settings.condition);
    for (const [port, first] of Object.entries(node.next)) {
      const seen = new Set<string>();
      for (let next = nodeAt(journey, first); next && !seen.has(next.id); next = nodeAt(journey, next.next['next'] ?? null)) {
        seen.add(next.id);
        if (next.kind === 'condition' && JSON.stringify(next.settings.condition) === asked) {
          const dead = port === 'yes' ? 'no' : 'yes';
          found.push(warning(journey, next, 'warn.sameQuestion', `The same was asked just before: nobody takes «${dead}» here.`, { branch: dead }));
        }
        // After a wait or a change of the record, the answer may be another one.
        if (nodeKind(next.kind).waits || next.kind !== 'condition' && ['give', 'change'].includes(nodeKind(next.kind).family) || next.kind === 'condition') break;
      }
    }
  }
  return found;
}

/** The next day in the zone on which the clock goes forward, with the times that it skips. Null where it never does. */
export function nextSpringDay(at: Instant, zone: string): { date: string; from: string; to: string; weekday: number } | null {
  let moment = localTime(at, zone);
  for (let step = 0; step < 4; step += 1) {
    const next = moment.getTimeZoneTransition('next');
    if (!next || next.epochMilliseconds > at + 400 * 86_400_000) return null;
    const before = next.subtract({ nanoseconds: 1 });
    if (next.offsetNanoseconds > before.offsetNanoseconds) return { date: next.toPlainDate().toString(), from: before.add({ nanoseconds: 1 }).toInstant().toZonedDateTimeISO(before.offset).toPlainTime().toString({ smallestUnit: 'minute' }), to: next.toPlainTime().toString({ smallestUnit: 'minute' }), weekday: next.dayOfWeek };
    moment = next;
  }
  return null;
}

/** A time of day that one night has not: whoever waits for 02:30 on the spring day goes on at 03:30 (§3.4). */
function waitsForSkippedTimes(journey: Journey, { at, zone }: Surroundings): Warning[] {
  const spring = nextSpringDay(at, zone);
  if (!spring) return [];
  return journey.nodes.flatMap((node) => {
    if (node.kind !== 'wait' || (node.settings.mode !== 'untilTimeOfDay' && node.settings.mode !== 'untilDate')) return [];
    const { timeOfDay } = node.settings;
    const weekdays = node.settings.mode === 'untilTimeOfDay' ? node.settings.weekdays : undefined;
    const isSkipped = timeOfDay >= spring.from && timeOfDay < spring.to && (!weekdays || weekdays.includes(spring.weekday));
    return isSkipped ? [warning(journey, node, 'warn.springDay', `On ${spring.date} there is no ${timeOfDay}: the clock goes from ${spring.from} to ${spring.to}.`, { time: timeOfDay, date: spring.date, from: spring.from, to: spring.to })] : [];
  });
}

/** Messages that a part of the customers can't receive: they have no address, or have not agreed. */
function messagesToNobody(journey: Journey, { reach, transactional }: Surroundings): Warning[] {
  if (!reach || reach.customers === 0) return [];
  return journey.nodes.flatMap((node) => {
    const by = channelOfStep(node.kind);
    if (by === null || !('category' in node.settings)) return [];
    const channel = reach[by];
    const isFree = transactional?.has(node.settings.category) ?? false;
    const count = reach.customers - (isFree ? channel.withAddress : channel.agreed);
    if (count === 0) return [];
    return [warning(journey, node, isFree ? 'warn.noAddress' : 'warn.notAgreed', `${count} of ${reach.customers} customers can't receive this.`, { channel: by, count, all: reach.customers, without: reach.customers - channel.withAddress, others: isFree ? 0 : channel.withAddress - channel.agreed })];
  });
}

/** Messages that a part of the customers would read in another language than theirs (§7.7). */
function messagesInNoLanguage(journey: Journey, { texts }: Surroundings): Warning[] {
  return journey.nodes.flatMap((node) => {
    const available = 'templateKey' in node.settings ? texts?.templates.get(node.settings.templateKey) : undefined;
    const missing = texts && available ? findMissingLanguages(available, texts.readers, texts.language) : null;
    if (!missing) return [];
    const { languages, customers: count, instead } = missing;
    return [warning(journey, node, 'warn.noVariant', `${count} customers read ${languages.join(', ')}: they would get this in ${instead}.`, { count, languages: languages.slice(0, 5).join(', '), instead })];
  });
}

/** Everything worth a second look, each on its step. It keeps nothing from being published. */
export function warnJourney(journey: Journey, surroundings: Surroundings): Warning[] {
  const found = [...waitsBeyondOffers(journey, surroundings), ...branchesNobodyTakes(journey), ...waitsForSkippedTimes(journey, surroundings), ...messagesToNobody(journey, surroundings), ...messagesInNoLanguage(journey, surroundings)];
  return found.filter(({ code, path, values }, index) => found.findIndex((other) => other.code === code && other.path.join() === path.join() && JSON.stringify(other.values) === JSON.stringify(values)) === index);
}
