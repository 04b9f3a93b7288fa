'use client';
/** Edits a call of the journey. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendCallForm(props: FormProps<SendMessageSettings>) {
  return <SendMessageFields channel="call" {...props} />;
}
