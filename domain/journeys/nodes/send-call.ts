/** Has somebody call: it lies on the list of calls. Under consent, the hours and limits of the law, and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendCallNode = sendMessageKind('sendCall', 'call');
