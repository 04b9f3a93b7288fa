/** Sends an SMS, under consent, quiet hours and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendSmsNode = sendMessageKind('sendSms', 'sms');
