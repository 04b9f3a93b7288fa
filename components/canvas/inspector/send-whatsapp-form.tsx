'use client';
/** Edits a WhatsApp message of the journey. */
import type { SendMessageSettings } from '#domain/journeys/nodes/send-message.ts';
import type { FormProps } from './form-props.ts';
import { SendMessageFields } from './send-message-fields.tsx';

export function SendWhatsappForm(props: FormProps<SendMessageSettings>) {
  return <SendMessageFields channel="whatsapp" {...props} />;
}
