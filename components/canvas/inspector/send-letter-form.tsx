'use client';
/** Edits a letter of the journey. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendLetterForm(props: FormProps<SendMessageSettings>) {
  return <SendMessageFields channel="letter" {...props} />;
}
