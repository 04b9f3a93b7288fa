/** How each node kind is edited: loaded with the details beside the canvas, so that a journey opens without waiting for its forms. A missing form is a compile error. */
import type { ComponentType } from 'react';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import type { NodeKind } from '#domain/journeys/node-kinds.ts';
import { ChangeTagForm } from './change-tag-form.tsx';
import { ConditionForm } from './condition-form.tsx';
import { CreateTaskForm } from './create-task-form.tsx';
import { EmitEventForm } from './emit-event-form.tsx';
import { ExitForm } from './exit-form.tsx';
import type { FormProps } from './form-props.ts';
import { GivePointsForm } from './give-points-form.tsx';
import { GoalForm } from './goal-form.tsx';
import { GrantOfferForm } from './grant-offer-form.tsx';
import { HttpRequestForm } from './http-request-form.tsx';
import { JoinJourneyForm } from './join-journey-form.tsx';
import { PressureCheckForm } from './pressure-check-form.tsx';
import { RandomSplitForm } from './random-split-form.tsx';
import { SendEmailForm } from './send-email-form.tsx';
import { SendCallForm } from './send-call-form.tsx';
import { SendLetterForm } from './send-letter-form.tsx';
import { SendPushForm } from './send-push-form.tsx';
import { SendSmsForm } from './send-sms-form.tsx';
import { SendWhatsappForm } from './send-whatsapp-form.tsx';
import { SetAttributeForm } from './set-attribute-form.tsx';
import { WaitForEventForm } from './wait-for-event-form.tsx';
import { WaitForm } from './wait-form.tsx';

export type SettingsOf<K extends NodeKind> = Extract<JourneyNode, { kind: K }>['settings'];

export const NODE_FORMS = {
  wait: WaitForm,
  waitForEvent: WaitForEventForm,
  condition: ConditionForm,
  randomSplit: RandomSplitForm,
  pressureCheck: PressureCheckForm,
  sendEmail: SendEmailForm,
  sendSms: SendSmsForm,
  sendWhatsapp: SendWhatsappForm,
  sendLetter: SendLetterForm,
  sendPush: SendPushForm,
  sendCall: SendCallForm,
  givePoints: GivePointsForm,
  grantOffer: GrantOfferForm,
  setAttribute: SetAttributeForm,
  changeTag: ChangeTagForm,
  createTask: CreateTaskForm,
  httpRequest: HttpRequestForm,
  joinJourney: JoinJourneyForm,
  emitEvent: EmitEventForm,
  goal: GoalForm,
  exit: ExitForm,
} satisfies { [K in NodeKind]: ComponentType<FormProps<SettingsOf<K>>> };
