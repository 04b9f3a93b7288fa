/** Sends a notification to the customer's browsers, under consent, quiet hours and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendPushNode = sendMessageKind('sendPush', 'push');
