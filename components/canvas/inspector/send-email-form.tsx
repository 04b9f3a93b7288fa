'use client';
/** Edits an e-mail of the journey. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendEmailForm(props: FormProps<SendMessageSettings>) {
  return <SendMessageFields channel="email" {...props} />;
}
