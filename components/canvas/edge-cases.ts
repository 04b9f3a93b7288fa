/** What happens at a step's edges: to who comes late, whose message is capped or may not be sent, and when something fails. Words are in `understand.edges`. */
import type { JourneyNode } from '#domain/journeys/definition.ts';
import { nodeKind } from '#domain/journeys/node-kinds.ts';
import { WhenCapped } from '#domain/pressure/when-capped.ts';
import { describeNode } from './sentences.ts';
import { durationText, nameOf, quoted, secondsText, type Speech } from './speech.ts';

export const EDGES = ['late', 'capped', 'refused', 'unknown', 'failed'] as const;
export type Edge = (typeof EDGES)[number];
export type EdgeCase = { edge: Edge; text: string };
/** The words of `understand.edges`. */
export type Says = (key: string, values?: Record<string, string | number>) => string;

function lateText(node: JourneyNode, speech: Speech, says: Says): string | null {
  if (node.kind === 'wait') {
    const { settings } = node;
    switch (settings.mode) {
      case 'duration': return says('late.duration');
      case 'untilTimeOfDay': return says('late.timeOfDay', { time: settings.timeOfDay });
      case 'untilWindow': return says('late.window', { from: settings.from, to: settings.to });
      case 'untilDate': return says(`late.date_${settings.whenPast}`);
      case 'untilBestHour': return says('late.bestHour', { time: settings.otherwise });
    }
  }
  if (node.kind === 'waitForEvent') return node.settings.timeout ? says('late.event', { duration: durationText(speech, node.settings.timeout) }) : says('late.eventEndless');
  if (nodeKind(node.kind).family !== 'say') return nodeKind(node.kind).waits ? says('late.waits') : null;
  return 'expiresAfter' in node.settings && node.settings.expiresAfter ? says('late.expires', { duration: durationText(speech, node.settings.expiresAfter) }) : says('late.message');
}

function cappedText(node: JourneyNode, speech: Speech, says: Says): string | null {
  if (node.kind === 'pressureCheck') return says('capped.check');
  const parsed = 'whenCapped' in node.settings ? WhenCapped.safeParse(node.settings.whenCapped) : null;
  if (!parsed?.success) return null;
  const { data } = parsed;
  if (data.kind === 'hold') return says('capped.hold', { duration: secondsText(speech, data.expiresAfterSeconds) });
  if (data.kind === 'otherChannel') return says('capped.otherChannel', { template: quoted(speech, nameOf(speech.names.templates, data.templateKey)) });
  return says(`capped.${data.kind}`);
}

function refusedText(node: JourneyNode, says: Says): string | null {
  if (node.kind === 'grantOffer') return says('refused.offer');
  if (node.kind === 'joinJourney') return says('refused.join');
  return nodeKind(node.kind).family === 'say' ? says('refused.message') : null;
}

/** In the order of the list of edges; a step with none has an empty list. `nodes` are all of the journey: where an error leads is named. */
export function edgeCases(node: JourneyNode, nodes: Record<string, JourneyNode>, speech: Speech, says: Says): EdgeCase[] {
  const onError = node.next['error'];
  const after = onError ? nodes[onError] : undefined;
  const failed = nodeKind(node.kind).canFail !== true ? null : after ? says('failed.way', { step: describeNode(after, speech).sentence }) : says('failed.ends');
  const texts: Record<Edge, string | null> = { late: lateText(node, speech, says), capped: cappedText(node, speech, says), refused: refusedText(node, says), unknown: node.kind === 'condition' ? says('unknown.condition') : null, failed };
  return EDGES.flatMap((edge) => { const text = texts[edge]; return text === null ? [] : [{ edge, text }]; });
}
