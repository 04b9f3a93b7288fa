/** What a customer reads who writes HELP, INFO or AIDE (§6.6): who writes to them, and how to stop it. One text per language of the interface, rendered as any other. */
import type { PlainChannel } from '#domain/messages/plain-channels.ts';
import type { CompiledTemplate } from '#domain/messages/template.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';

const TEXTS = {
  en: '{{ brand.name }}: these messages come from us because you agreed to them. Reply STOP to receive no more, START to receive them again.',
  fr: '{{ brand.name }} : vous recevez nos messages parce que vous les avez acceptés. Répondez STOP pour ne plus en recevoir, START pour en recevoir à nouveau.',
} as const;

/** How a message that answers a call for help says so in its context, in place of a template. */
export const HELP_REPLY = 'help';

export const helpReply = (channel: PlainChannel): CompiledTemplate => ({ channel, variants: Object.fromEntries(Object.entries(TEXTS).map(([language, text]) => [language, { text }])) });

/** The category under which the answer leaves: the most urgent one that ignores consent to marketing and pressure; null when the policy has none, and then nothing is answered. */
export const helpCategory = (policy: PressurePolicy): PressurePolicy['categories'][number] | null =>
  [...policy.categories].filter(({ transactional }) => transactional).sort((left, right) => right.priority - left.priority || left.rank - right.rank)[0] ?? null;
