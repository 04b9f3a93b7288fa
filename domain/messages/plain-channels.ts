/** Channels whose messages are plain texts, and what each of them takes: apart from the schemas, so that the editor's page loads none. */
import { CHANNELS, type Channel } from '#domain/customers/channels.ts';

export const PLAIN_CHANNELS = CHANNELS.filter((channel) => channel !== 'email');
export type PlainChannel = Exclude<Channel, 'email'>;
export type PlainField = 'text' | 'contentSid' | 'contentVariables' | 'title' | 'url' | 'icon';

export const PLAIN_FIELDS: Record<PlainChannel, readonly PlainField[]> = { sms: ['text'], whatsapp: ['text', 'contentSid', 'contentVariables'], letter: ['text'], call: ['text'], push: ['title', 'text', 'url', 'icon'] };

/** How long the text of a message may be; what a caller reads has to fit beside the call. */
export const TEXT_LENGTHS: Record<PlainChannel, number> = { sms: 1_600, whatsapp: 1_600, letter: 20_000, call: 2_000, push: 500 };
