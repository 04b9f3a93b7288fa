'use client';
/** One sentence for each line of a timeline. */
import { useTranslations } from 'next-intl';
import { isReason, useReasonSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';

export const TIMELINE_KINDS = ['event', 'message', 'points', 'voucher', 'journey'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** `others`: the steps that the same person passed right after, in the same moment. */
export type TimelineLine = { kind: TimelineKind; id: string; at: string; data: Record<string, unknown>; others?: string[] };

const passes = (line: TimelineLine | undefined): line is TimelineLine => line?.kind === 'journey' && line.data['step'] === 'passed';

/** Steps passed one after the other in one moment become one line, in the order in which they were passed; the lines come newest first. */
export function foldPasses(lines: readonly TimelineLine[]): TimelineLine[] {
  const folded: TimelineLine[] = [];
  for (const line of lines) {
    const last = folded.at(-1);
    if (passes(line) && passes(last) && last.data['enrollmentId'] === line.data['enrollmentId'] && last.at === line.at) {
      folded[folded.length - 1] = { ...line, others: [text(last.data['nodeId']), ...(last.others ?? [])] };
    } else folded.push(line);
  }
  return folded;
}

const inner = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});
const STEPS = ['entered', 'entryRefused', 'passed', 'waiting', 'failed', 'ended'] as const;

/** The reason inside a line: of a message, of a refused entry, of a failed step, of a capped branch. */
export function reasonIn({ data }: TimelineLine): { code: string; figures?: Record<string, unknown> } | null {
  for (const candidate of [data['reason'], data['refused'], data['decision']]) if (isReason(candidate)) return candidate;
  return null;
}

export function useTimelineText(): (line: TimelineLine) => string {
  const t = useTranslations('customers.timeline');
  const words = useTranslations('customers.messages');
  const says = useTranslations('reasons');
  const sentence = useReasonSentence();
  const formats = useFormats();
  const journeyOf = (data: Record<string, unknown>): string => text(data['journeyName']) || t('aJourney');

  const event = (data: Record<string, unknown>): string => {
    const { type, outcome } = data;
    const amount = inner(data['properties'])['amountMinor'];
    const name = (type === 'purchase' || type === 'return') && typeof amount === 'number' ? t(type, { amount: formats.money(amount) }) : t('event', { type: text(type) });
    return outcome === 'quarantined' ? t('quarantined', { name }) : name;
  };
  const message = (line: TimelineLine): string => {
    const { data } = line;
    const status = words(`statuses.${text(data['status']) || 'queued'}`);
    const reason = reasonIn(line);
    const head = t('message', { channel: words(`channels.${text(data['channel'])}`), journey: data['journeyId'] ? journeyOf(data) : text(data['category']), status });
    return reason ? `${head} ${sentence(reason)}` : head;
  };
  const points = (data: Record<string, unknown>): string => {
    const amount = typeof data['amount'] === 'number' ? data['amount'] : 0;
    return t(amount < 0 ? 'pointsLess' : 'pointsMore', { count: formats.number(Math.abs(amount)), rule: text(data['rule']) || text(data['kind']) });
  };
  const journey = (line: TimelineLine): string => {
    const { data } = line;
    const step = text(data['step']);
    if (step === 'message') return t('messageStep', { what: sentence({ code: text(data['code']) }), journey: journeyOf(data) });
    const known = STEPS.find((name) => name === step);
    if (!known) return says('unknown', { code: step });
    const reason = reasonIn(line);
    const ending = text(data['ending']);
    return t(`steps.${known}`, {
      journey: journeyOf(data), node: [text(data['nodeId']), ...(line.others ?? [])].join(' → '), count: 1 + (line.others?.length ?? 0), port: text(data['port']), reason: reason ? sentence(reason) : '',
      wake: typeof data['wakeAt'] === 'number' ? t('until', { at: formats.dateTime(data['wakeAt']) }) : '', ending: ending ? t(`endings.${ending}`) : '',
    });
  };
  return (line) => {
    switch (line.kind) {
      case 'event': return event(line.data);
      case 'message': return message(line);
      case 'points': return points(line.data);
      case 'voucher': return t('voucher', { code: text(line.data['code']), offer: text(line.data['offer']), status: t(`voucherStatuses.${text(line.data['status']) || 'issued'}`) });
      case 'journey': return journey(line);
    }
  };
}
