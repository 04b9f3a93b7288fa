/** Sends a WhatsApp message, under consent, quiet hours and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendWhatsappNode = sendMessageKind('sendWhatsapp', 'whatsapp');
