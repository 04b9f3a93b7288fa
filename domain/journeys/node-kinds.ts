/** The first halves of all node kinds, joined: adding one is a file in `nodes/` and a line here (see nodes/README.md). */
import type { NodeKindDefinition } from './node-kind.ts';
import { changeTagNode } from './nodes/change-tag.ts';
import { conditionNode } from './nodes/condition.ts';
import { createTaskNode } from './nodes/create-task.ts';
import { emitEventNode } from './nodes/emit-event.ts';
import { exitNode } from './nodes/exit.ts';
import { givePointsNode } from './nodes/give-points.ts';
import { goalNode } from './nodes/goal.ts';
import { httpRequestNode } from './nodes/http-request.ts';
import { joinJourneyNode } from './nodes/join-journey.ts';
import { grantOfferNode } from './nodes/grant-offer.ts';
import { pressureCheckNode } from './nodes/pressure-check.ts';
import { randomSplitNode } from './nodes/random-split.ts';
import { sendEmailNode } from './nodes/send-email.ts';
import { sendLetterNode } from './nodes/send-letter.ts';
import { sendPushNode } from './nodes/send-push.ts';
import { sendCallNode } from './nodes/send-call.ts';
import { sendSmsNode } from './nodes/send-sms.ts';
import { sendWhatsappNode } from './nodes/send-whatsapp.ts';
import { setAttributeNode } from './nodes/set-attribute.ts';
import { waitForEventNode } from './nodes/wait-for-event.ts';
import { waitNode } from './nodes/wait.ts';

export const NODE_KINDS = {
  wait: waitNode,
  waitForEvent: waitForEventNode,
  condition: conditionNode,
  randomSplit: randomSplitNode,
  pressureCheck: pressureCheckNode,
  sendEmail: sendEmailNode,
  sendSms: sendSmsNode,
  sendWhatsapp: sendWhatsappNode,
  sendLetter: sendLetterNode,
  sendPush: sendPushNode,
  sendCall: sendCallNode,
  givePoints: givePointsNode,
  grantOffer: grantOfferNode,
  setAttribute: setAttributeNode,
  changeTag: changeTagNode,
  emitEvent: emitEventNode,
  joinJourney: joinJourneyNode,
  createTask: createTaskNode,
  httpRequest: httpRequestNode,
  goal: goalNode,
  exit: exitNode,
} as const;

export type NodeKind = keyof typeof NODE_KINDS;
export const NODE_KIND_NAMES = Object.keys(NODE_KINDS) as NodeKind[];

/** A kind whose settings type is erased, for code that treats all kinds alike; settings come parsed from the journey's schema. */
export type AnyNodeKind = NodeKindDefinition<NodeKind, unknown>;
export const nodeKind = (kind: NodeKind): AnyNodeKind => NODE_KINDS[kind] as unknown as AnyNodeKind;
