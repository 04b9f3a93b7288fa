/** The second halves of all node kinds, joined: how each looks and how it is edited. A missing half is a compile error. */
import type { Icon } from '@tabler/icons-react';
import type { NodeProps } from '@xyflow/react';
import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import { NODE_KIND_NAMES, nodeKind, type NodeKind } from '#domain/journeys/node-kinds.ts';
import { NODE_FAMILIES, type NodeFamily } from '#domain/journeys/node-kind.ts';
import type { CreateTaskSettings } from '#domain/journeys/nodes/create-task.ts';
import type { HttpRequestSettings } from '#domain/journeys/nodes/http-request.ts';
import type { JoinJourneySettings } from '#domain/journeys/nodes/join-journey.ts';
import { ConditionForm } from './inspector/condition-form.tsx';
import { ExitForm } from './inspector/exit-form.tsx';
import type { FormProps } from './inspector/form-props.ts';
import { GivePointsForm } from './inspector/give-points-form.tsx';
import { GoalForm } from './inspector/goal-form.tsx';
import { GrantOfferForm } from './inspector/grant-offer-form.tsx';
import { PressureCheckForm } from './inspector/pressure-check-form.tsx';
import { RandomSplitForm } from './inspector/random-split-form.tsx';
import { SendEmailForm } from './inspector/send-email-form.tsx';
import { SendSmsForm } from './inspector/send-sms-form.tsx';
import { SendWhatsappForm } from './inspector/send-whatsapp-form.tsx';
import { SetAttributeForm } from './inspector/set-attribute-form.tsx';
import { ChangeTagForm } from './inspector/change-tag-form.tsx';
import { EmitEventForm } from './inspector/emit-event-form.tsx';
import { WaitForEventForm } from './inspector/wait-for-event-form.tsx';
import { WaitForm } from './inspector/wait-form.tsx';
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
import { SendSmsNode, sendSmsIcon } from './nodes/send-sms-node.tsx';
import { SendWhatsappNode, sendWhatsappIcon } from './nodes/send-whatsapp-node.tsx';
import { ChangeTagNode, changeTagIcon } from './nodes/change-tag-node.tsx';
import { EmitEventNode, emitEventIcon } from './nodes/emit-event-node.tsx';
import { SetAttributeNode, setAttributeIcon } from './nodes/set-attribute-node.tsx';
import { WaitForEventNode, waitForEventIcon } from './nodes/wait-for-event-node.tsx';
import { WaitNode, waitIcon } from './nodes/wait-node.tsx';

/** Loaded when first opened; without a connection there is no form, and drawing goes on. */
const JoinJourneyForm = dynamic<FormProps<JoinJourneySettings>>(() => import('./inspector/join-journey-form.tsx').then((module) => module.JoinJourneyForm, () => () => null), { ssr: false });

const CreateTaskForm = dynamic<FormProps<CreateTaskSettings>>(() => import('./inspector/create-task-form.tsx').then((module) => module.CreateTaskForm, () => () => null), { ssr: false });
const HttpRequestForm = dynamic<FormProps<HttpRequestSettings>>(() => import('./inspector/http-request-form.tsx').then((module) => module.HttpRequestForm, () => () => null), { ssr: false });

export type SettingsOf<K extends NodeKind> = Extract<JourneyNode, { kind: K }>['settings'];
type NodeView<K extends NodeKind> = { icon: Icon; Card: ComponentType<NodeProps>; Form: ComponentType<FormProps<SettingsOf<K>>> };

export const NODE_VIEWS = {
  wait: { icon: waitIcon, Card: WaitNode, Form: WaitForm },
  waitForEvent: { icon: waitForEventIcon, Card: WaitForEventNode, Form: WaitForEventForm },
  condition: { icon: conditionIcon, Card: ConditionNode, Form: ConditionForm },
  randomSplit: { icon: randomSplitIcon, Card: RandomSplitNode, Form: RandomSplitForm },
  pressureCheck: { icon: pressureCheckIcon, Card: PressureCheckNode, Form: PressureCheckForm },
  sendEmail: { icon: sendEmailIcon, Card: SendEmailNode, Form: SendEmailForm },
  sendSms: { icon: sendSmsIcon, Card: SendSmsNode, Form: SendSmsForm },
  sendWhatsapp: { icon: sendWhatsappIcon, Card: SendWhatsappNode, Form: SendWhatsappForm },
  givePoints: { icon: givePointsIcon, Card: GivePointsNode, Form: GivePointsForm },
  grantOffer: { icon: grantOfferIcon, Card: GrantOfferNode, Form: GrantOfferForm },
  setAttribute: { icon: setAttributeIcon, Card: SetAttributeNode, Form: SetAttributeForm },
  changeTag: { icon: changeTagIcon, Card: ChangeTagNode, Form: ChangeTagForm },
  createTask: { icon: createTaskIcon, Card: CreateTaskNode, Form: CreateTaskForm },
  httpRequest: { icon: httpRequestIcon, Card: HttpRequestNode, Form: HttpRequestForm },
  joinJourney: { icon: joinJourneyIcon, Card: JoinJourneyNode, Form: JoinJourneyForm },
  emitEvent: { icon: emitEventIcon, Card: EmitEventNode, Form: EmitEventForm },
  goal: { icon: goalIcon, Card: GoalNode, Form: GoalForm },
  exit: { icon: exitIcon, Card: ExitNode, Form: ExitForm },
} satisfies { [K in NodeKind]: NodeView<K> } & Record<NodeKind, unknown>;

/** The kinds of each family, in the order of the palette. */
export const FAMILIES: readonly { family: NodeFamily; kinds: readonly NodeKind[] }[] =
  NODE_FAMILIES.map((family) => ({ family, kinds: NODE_KIND_NAMES.filter((kind) => nodeKind(kind).family === family) }));
