'use client';
/** Edits a notification of the journey. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendPushForm(props: FormProps<SendMessageSettings>) {
  return <SendMessageFields channel="push" {...props} />;
}
