/** Sends a letter: it lies on a batch until a person posts it. Under consent and pressure. */
import { sendMessageKind } from './send-message.ts';

export const sendLetterNode = sendMessageKind('sendLetter', 'letter');
