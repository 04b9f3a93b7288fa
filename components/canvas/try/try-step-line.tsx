'use client';
/** One step of a trial: the clock, what happened at which step of the journey, and why. */
import { useTranslations } from 'next-intl';
import { useChannelName } from '#components/use-channel-name.ts';
import { channelOfStep } from '#domain/customers/channels.ts';
import type { Supposition } from '#domain/simulation/suppose.ts';
import type { TryStep } from '#domain/simulation/try-step.ts';
import { useCanvas, useCanvasStore } from '#components/canvas/canvas-store.ts';
import { ExplainedParts } from '#components/canvas/explained-parts.tsx';
import { useProblemWords } from '#components/canvas/use-problem-words.ts';
import { describeNode, portName } from '#components/canvas/sentences.ts';
import { eventName, nameOf } from '#components/canvas/speech.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { useLimitLabel } from '#components/pressure/use-limit-label.ts';
import { PressureMeter } from '#components/ui/pressure-meter.tsx';
import { Reason } from '#components/ui/reason-line.tsx';
import { useFormats } from '#components/use-formats.ts';
import classes from './try.module.css';
import { TriedMessage, type Reader } from './tried-message.tsx';

/** What was supposed, in words: «Buys for €42.00». */
export function useSupposedText(): (supposed: Supposition) => string {
  const t = useTranslations('try');
  const channelWord = useChannelName('many');
  const speech = useSpeech();
  const formats = useFormats();
  return (supposed) => {
    if (supposed.kind === 'click') return t('supposed.clicks');
    if (supposed.kind === 'consent') return t(`supposed.${supposed.state === 'granted' ? 'agrees' : 'objects'}`, { channel: channelWord(supposed.channel) });
    const { type, properties: { amountMinor } } = supposed;
    return type === 'purchase' && typeof amountMinor === 'number' ? t('supposed.buys', { amount: formats.money(amountMinor) }) : t('supposed.happens', { event: eventName(speech, type) });
  };
}

function useStepText(suppositions: readonly Supposition[]): (step: TryStep) => string {
  const t = useTranslations('try');
  const channelWord = useChannelName('inSentence');
  const speech = useSpeech();
  const formats = useFormats();
  const supposedText = useSupposedText();
  const nodes = useCanvas((state) => state.nodes);
  return (step) => {
    const node = step.nodeId === null ? null : (nodes[step.nodeId] ?? null);
    const said = node ? describeNode(node, speech).sentence : '';
    switch (step.kind) {
      case 'supposed': { const supposed = suppositions[step.index]; return supposed ? supposedText(supposed) : ''; }
      case 'entered': return t('step.entered');
      case 'refused': return t('step.refused');
      case 'passed': return step.port === '' || step.port === 'next' ? said : t('step.branch', { node: said, port: portName(node, step.port, speech) });
      case 'waiting': return step.wakeAt === null ? t('step.waits', { node: said }) : t('step.waitsUntil', { node: said, at: formats.dateTime(step.wakeAt) });
      case 'failed': return t('step.failed', { node: said });
      case 'ended': return t('step.ended', { how: speech.words(`ending.${step.ending}`) });
      case 'message': return t(`step.message.${step.status}`, { channel: channelWord(step.channel) });
      case 'points': return t(step.amount < 0 ? 'step.pointsLess' : 'step.points', { count: Math.abs(step.amount), programme: nameOf(speech.names.programmes, step.programmeKey) });
      case 'task': return step.title ? t('step.task', { title: step.title }) : t('step.call');
      case 'voucher': return t('step.voucher', { offer: nameOf(speech.names.offers, step.offerKey) });
    }
  };
}

export function TryStepLine({ step, suppositions, reader, isLast }: { step: TryStep; suppositions: readonly Supposition[]; reader: Reader; isLast: boolean }) {
  const t = useTranslations('try');
  const formats = useFormats();
  const store = useCanvasStore();
  const textOf = useStepText(suppositions);
  const problemWords = useProblemWords();
  const limitLabel = useLimitLabel();
  const { nodeId } = step;
  const isSend = useCanvas((state) => nodeId !== null && channelOfStep(state.nodes[nodeId]?.kind ?? '') !== null);
  // Of a message, the message's own step says why.
  const reason = 'reason' in step && !(isSend && (step.kind === 'passed' || step.kind === 'waiting')) ? step.reason : null;
  return (
    <li className={classes.step} data-kind={step.kind} data-last={isLast || undefined} aria-current={isLast ? 'step' : undefined}>
      <time dateTime={new Date(step.at).toISOString()}>{formats.dateTime(step.at)}</time>
      {nodeId === null ? <span>{textOf(step)}</span> : <button type="button" className={classes.where} title={t('showStep')} onClick={() => store.getState().show(nodeId)}>{textOf(step)}</button>}
      {step.kind === 'supposed' && step.problems.map((problem, index) => <p key={index} className={classes.problem}>{t('notTaken', { why: problemWords(problem) })}</p>)}
      {step.kind === 'passed' && step.because.length > 0 && <ExplainedParts parts={step.because} />}
      {reason && <Reason reason={reason} {...(reason.code === 'capped' && { rule: { href: '/settings/pressure', label: t('rules') } })} />}
      {step.kind === 'message' && step.status === 'sent' && <TriedMessage templateKey={step.templateKey} channel={step.channel} event={step.event} reader={reader} />}
      {step.kind === 'message' && step.limits.length > 0 && (
        <details className={classes.pressure} open={step.status !== 'sent'}>
          <summary>{t('pressure')}</summary>
          {step.limits.map((limit) => <PressureMeter key={`${limit.rule}-${limit.kind}`} used={limit.used} cap={limit.maximum} label={limitLabel(limit)} />)}
        </details>
      )}
    </li>
  );
}
