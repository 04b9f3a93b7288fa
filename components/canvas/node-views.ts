/** The second halves of all node kinds, joined: how each looks; `inspector/node-forms.ts` says how it is edited. A missing half is a compile error. */
import type { Icon } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import type { ComponentType } from 'react';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { NODE_FAMILIES, type NodeFamily } from '#domain/journeys/node-kind.ts';
import { ConditionNode, conditionIcon } from './nodes/condition-node.tsx';
import { ExitNode, exitIcon } from './nodes/exit-node.tsx';
import { GivePointsNode, givePointsIcon } from './nodes/give-points-node.tsx';
import { GoalNode, goalIcon } from './nodes/goal-node.tsx';
import { CreateTaskNode, createTaskIcon } from './nodes/create-task-node.tsx';
import { HttpRequestNode, httpRequestIcon } from './nodes/http-request-node.tsx';
import { JoinJourneyNode, joinJourneyIcon } from './nodes/join-journey-node.tsx';
import { GrantOfferNode, grantOfferIcon } from './nodes/grant-offer-node.tsx';
import { PressureCheckNode, pressureCheckIcon } from './nodes/pressure-check-node.tsx';
import { RandomSplitNode, randomSplitIcon } from './nodes/random-split-node.tsx';
import { SendEmailNode, sendEmailIcon } from './nodes/send-email-node.tsx';
import { SendLetterNode, sendLetterIcon } from './nodes/send-letter-node.tsx';
import { SendPushNode, sendPushIcon } from './nodes/send-push-node.tsx';
import { SendCallNode, sendCallIcon } from './nodes/send-call-node.tsx';
import { SendSmsNode, sendSmsIcon } from './nodes/send-sms-node.tsx';
import { SendWhatsappNode, sendWhatsappIcon } from './nodes/send-whatsapp-node.tsx';
import { ChangeTagNode, changeTagIcon } from './nodes/change-tag-node.tsx';
import { EmitEventNode, emitEventIcon } from './nodes/emit-event-node.tsx';
import { SetAttributeNode, setAttributeIcon } from './nodes/set-attribute-node.tsx';
import { WaitForEventNode, waitForEventIcon } from './nodes/wait-for-event-node.tsx';
import { WaitNode, waitIcon } from './nodes/wait-node.tsx';

type NodeView = { icon: Icon; Card: ComponentType<NodeProps> };

export const NODE_VIEWS = {
  wait: { icon: waitIcon, Card: WaitNode },
  waitForEvent: { icon: waitForEventIcon, Card: WaitForEventNode },
  condition: { icon: conditionIcon, Card: ConditionNode },
  randomSplit: { icon: randomSplitIcon, Card: RandomSplitNode },
  pressureCheck: { icon: pressureCheckIcon, Card: PressureCheckNode },
  sendEmail: { icon: sendEmailIcon, Card: SendEmailNode },
  sendSms: { icon: sendSmsIcon, Card: SendSmsNode },
  sendWhatsapp: { icon: sendWhatsappIcon, Card: SendWhatsappNode },
  sendLetter: { icon: sendLetterIcon, Card: SendLetterNode },
  sendPush: { icon: sendPushIcon, Card: SendPushNode },
  sendCall: { icon: sendCallIcon, Card: SendCallNode },
  givePoints: { icon: givePointsIcon, Card: GivePointsNode },
  grantOffer: { icon: grantOfferIcon, Card: GrantOfferNode },
  setAttribute: { icon: setAttributeIcon, Card: SetAttributeNode },
  changeTag: { icon: changeTagIcon, Card: ChangeTagNode },
  createTask: { icon: createTaskIcon, Card: CreateTaskNode },
  httpRequest: { icon: httpRequestIcon, Card: HttpRequestNode },
  joinJourney: { icon: joinJourneyIcon, Card: JoinJourneyNode },
  emitEvent: { icon: emitEventIcon, Card: EmitEventNode },
  goal: { icon: goalIcon, Card: GoalNode },
  exit: { icon: exitIcon, Card: ExitNode },
} satisfies Record<NodeKind, NodeView>;

/** The kinds of each family, in the order of the palette. */
export const FAMILIES: readonly { family: NodeFamily; kinds: readonly NodeKind[] }[] =
  NODE_FAMILIES.map((family) => ({ family, kinds: NODE_KIND_NAMES.filter((kind) => nodeKind(kind).family === family) }));
