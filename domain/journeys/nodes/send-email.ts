/** Sends an e-mail, under consent, quiet hours and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendEmailNode = sendMessageKind('sendEmail', 'email');
