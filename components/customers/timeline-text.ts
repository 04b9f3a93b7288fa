'use client';
/** One sentence for each line of a timeline. */
import { useTranslations } from 'next-intl';
import { describeNode } from '#components/canvas/sentences.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { eventName, listText, quoted } from '#components/canvas/speech.ts';
import { isReason, useReasonSentence } from '#components/reason-sentence.ts';
import { useChannelName } from '#components/use-channel-name.ts';
import { useFormats } from '#components/use-formats.ts';
import type { JourneyNode } from '#domain/journeys/definition.ts';

export const TIMELINE_KINDS = ['event', 'message', 'points', 'voucher', 'task', 'journey'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
const VISIT_EVENT = 'place.visited';
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `others`: what the lines say that were folded into this one, in the order in which they happened. */
export type TimelineLine = { kind: TimelineKind; id: string; at: string; data: Record<string, unknown>; others?: Record<string, unknown>[] };

const MINUTE_MS = 60_000;
const sameMinute = (one: TimelineLine, other: TimelineLine): boolean => Math.floor(Date.parse(one.at) / MINUTE_MS) === Math.floor(Date.parse(other.at) / MINUTE_MS);

/** Whether two neighbouring lines tell one thing: steps passed in one moment, or what became of one message within a minute. */
function together(line: TimelineLine, last: TimelineLine): boolean {
  if (line.kind !== 'journey' || last.kind !== 'journey' || line.data['step'] !== last.data['step']) return false;
  if (line.data['step'] === 'passed') return last.data['enrollmentId'] === line.data['enrollmentId'] && last.at === line.at;
  return line.data['step'] === 'message' && line.data['messageId'] === last.data['messageId'] && sameMinute(line, last);
}

/** Lines that tell one thing become one, in the order in which it happened; the lines come newest first. */
export function foldLines(lines: readonly TimelineLine[]): TimelineLine[] {
  const folded: TimelineLine[] = [];
  for (const line of lines) {
    const last = folded.at(-1);
    if (last && together(line, last)) {
      folded[folded.length - 1] = { ...line, others: [last.data, ...(last.others ?? [])] };
    } else folded.push(line);
  }
  return folded;
}

const capital = (sentence: string): string => sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1);
const inner = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});

/** A name in the reader's language, else in the first there is. */
function nameIn(variants: unknown, locale: string): string {
  const named = inner(variants);
  return text(named[locale]) || text(named[locale.split('-')[0] ?? '']) || text(Object.values(named)[0]);
}

/** «Wait 3 days»: the step as it was drawn; its id when its version no longer says. */
function useStepText(): (data: Record<string, unknown>) => string {
  const speech = useSpeech();
  return (data) => {
    const { kind, settings, names } = inner(data['drawn']);
    if (typeof kind !== 'string') return text(data['nodeId']);
    const { templateKey, offerKey } = inner(settings);
    const called = { ...speech.names, templates: { [text(templateKey)]: text(inner(names)['template']) || text(templateKey) }, offers: { [text(offerKey)]: nameIn(inner(names)['offer'], speech.locale) || text(offerKey) } };
    // The server has parsed the version when it was published, so its kind and settings are a step's.
    return quoted(speech, describeNode({ kind, settings } as JourneyNode, { ...speech, names: called }).sentence);
  };
}

const CHANGED_FIELDS = ['kind', 'first_name', 'birth_date', 'reference', 'starts_on', 'ends_on', 'status'] as const;
const STEPS = ['entered', 'entryRefused', 'passed', 'waiting', 'failed', 'ended', 'moved', 'movedBack', 'retried'] as const;

/** The reason inside a line: of a message, of a refused entry, of a failed step, of a capped branch. */
export function reasonIn({ data }: TimelineLine): { code: string; figures?: Record<string, unknown> } | null {
  for (const candidate of [data['reason'], data['refused'], data['decision']]) if (isReason(candidate)) return candidate;
  return null;
}

export function useTimelineText(): (line: TimelineLine) => string {
  const t = useTranslations('customers.timeline');
  const words = useTranslations('customers.messages');
  const channelName = useChannelName();
  const says = useTranslations('reasons');
  const sentence = useReasonSentence();
  const formats = useFormats();
  const speech = useSpeech();
  const stepText = useStepText();
  const journeyOf = (data: Record<string, unknown>): string => text(data['journeyName']) || t('aJourney');

  /** «Child changed: date of birth»; null for any other event. */
  const rowChange = ({ type, properties }: Record<string, unknown>): string | null => {
    const { relation, kind, change, fields } = inner(properties);
    const said = { relation: text(relation), kind: text(kind), change: text(change), fields: listText(speech.locale, CHANGED_FIELDS.filter((name) => Array.isArray(fields) && fields.includes(name)).map((name) => t(`changedFields.${name}`)), 'conjunction') };
    return type === 'relative.changed' ? t('relativeChanged', said) : type === 'contract.changed' ? t('contractChanged', said) : null;
  };
  const event = (data: Record<string, unknown>): string => {
    const { type, outcome } = data;
    const changed = rowChange(data);
    if (changed !== null) return changed;
    const { amountMinor: amount, placeName } = inner(data['properties']);
    if (type === VISIT_EVENT && outcome !== 'quarantined' && text(placeName)) return t('visited', { place: text(placeName) });
    const name = (type === 'purchase' || type === 'return') && typeof amount === 'number' ? t(type, { amount: formats.money(amount) }) : capital(eventName(speech, text(type)));
    return outcome === 'quarantined' ? t('quarantined', { name }) : name;
  };
  const message = (line: TimelineLine): string => {
    const { data } = line;
    const status = words(`statuses.${text(data['status']) || 'queued'}`);
    const reason = reasonIn(line);
    const head = t('message', { channel: channelName(text(data['channel'])), journey: data['journeyId'] ? journeyOf(data) : text(data['category']), status });
    return reason ? `${head} ${sentence(reason)}` : head;
  };
  const points = (data: Record<string, unknown>): string => {
    const amount = typeof data['amount'] === 'number' ? data['amount'] : 0;
    const count = formats.number(Math.abs(amount));
    if (amount > 0 && text(data['journeyName'])) return t('pointsGiven', { count, journey: journeyOf(data) });
    return t(amount < 0 ? 'pointsLess' : 'pointsMore', { count, rule: text(data['rule']) || text(data['kind']) });
  };
  const task = (line: TimelineLine): string => {
    const { data } = line;
    const [title, outcome, reason] = [text(data['title']), text(data['outcome']), reasonIn(line)];
    const isCall = data['taskKind'] === 'call';
    const what = title ? t(`taskOf.${isCall ? 'call' : 'task'}`, { title }) : t('taskOf.callback');
    const state = isCall && outcome ? t(`callOutcomes.${outcome}`) : t(`taskStates.${text(data['state']) || 'open'}`);
    return `${t('task', { what, state })}${reason ? ` ${sentence(reason)}` : ''}`;
  };
  const journey = (line: TimelineLine): string => {
    const { data } = line;
    const step = data['class'] === 'restored' ? 'movedBack' : text(data['step']);
    if (step === 'message') return t('messageStep', { what: [data, ...(line.others ?? [])].map((each) => sentence({ code: text(each['code']) })).join(' → '), journey: journeyOf(data) });
    if (step === 'request') return `${t('request', { journey: journeyOf(data), status: typeof data['status'] === 'number' ? String(data['status']) : 'none' })}${isReason(data['reason']) ? ` ${sentence(data['reason'])}` : ''}`;
    const known = STEPS.find((name) => name === step);
    if (!known) return says('unknown', { code: step });
    const reason = reasonIn(line);
    const ending = text(data['ending']);
    return t(`steps.${known}`, {
      journey: journeyOf(data), node: [data, ...(line.others ?? [])].map(stepText).join(' → '), port: text(data['port']), reason: reason ? sentence(reason) : '', version: typeof data['to'] === 'number' ? data['to'] : '',
      wake: typeof data['wakeAt'] === 'number' ? t('until', { at: formats.dateTime(data['wakeAt']) }) : '', ending: ending ? t(`endings.${ending}`) : '',
    });
  };
  return (line) => {
    switch (line.kind) {
      case 'event': return event(line.data);
      case 'message': return message(line);
      case 'points': return points(line.data);
      case 'voucher': return t('voucher', { code: text(line.data['code']), offer: nameIn(line.data['offerName'], speech.locale) || text(line.data['offer']), status: t(`voucherStatuses.${text(line.data['status']) || 'issued'}`) });
      case 'task': return task(line);
      case 'journey': return journey(line);
    }
  };
}
