/**
 * What a message says: content by channel with a variant per language (§7.7). This is the author's form; compiling MJML and parsing Liquid
 * are the engine's (engine/save-template.ts), because their libraries are not pure.
 */
import { z } from 'zod';
import { EmailDocument } from '#domain/messages/email-blocks.ts';
import { PLAIN_CHANNELS, PLAIN_FIELDS, TEXT_LENGTHS } from '#domain/messages/plain-channels.ts';

/** A BCP 47 tag in its usual letter case is not asked for: tags are compared without regard to case. */
const LanguageTag = z.string().regex(/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/, 'use a BCP 47 tag, for example fr or fr-CA');

const atLeastOne = (variants: Record<string, unknown>): boolean => Object.keys(variants).length > 0;
const ONE_VARIANT = 'write the content in one language at least';

/** `blocks` drawn in the editor, or `mjml`, or ready `html`; `text` is made from it when absent. */
export const EmailVariant = z
  .strictObject({ subject: z.string().min(1).max(500), blocks: EmailDocument.optional(), mjml: z.string().min(1).max(200_000).optional(), html: z.string().min(1).max(200_000).optional(), text: z.string().max(100_000).optional() })
  .refine(({ blocks, mjml, html }) => [blocks, mjml, html].filter((body) => body !== undefined).length === 1, { message: 'give blocks, mjml or html, one of them', path: ['mjml'] });
export type EmailVariant = z.infer<typeof EmailVariant>;

/**
 * What a message of a plain channel says; which fields a channel has stands in `PLAIN_FIELDS`. WhatsApp: `text` leaves within a conversation that the customer began.
 * Outside of one only content that WhatsApp has approved may leave: named by its `contentSid`, filled with `contentVariables`; `text` then says what it reads, for
 * previews. https://www.twilio.com/docs/content
 * Push: `title` above the `text`; `url` is where a touch leads, a signed link once it leaves; `icon` is the address of a picture.
 */
export const PlainVariant = z.strictObject({
  text: z.string().min(1).max(20_000),
  contentSid: z.string().regex(/^HX[0-9a-f]{32}$/, 'a content is named HX and 32 hexadecimal digits').optional(),
  contentVariables: z.record(z.string().regex(/^\w{1,32}$/, 'a variable is named by letters, digits and _'), z.string().min(1).max(1_000)).optional(),
  title: z.string().min(1).max(120).optional(),
  url: z.string().min(1).max(2_000).optional(),
  icon: z.string().min(1).max(2_000).optional(),
});
export type PlainVariant = z.infer<typeof PlainVariant>;

const PlainContent = z
  .strictObject({ channel: z.enum(PLAIN_CHANNELS), variants: z.record(LanguageTag, PlainVariant).refine(atLeastOne, ONE_VARIANT) })
  .superRefine(({ channel, variants }, context) => {
    for (const [language, variant] of Object.entries(variants)) {
      if (variant.text.length > TEXT_LENGTHS[channel]) context.addIssue({ code: 'custom', path: ['variants', language, 'text'], message: `a message of this channel has ${TEXT_LENGTHS[channel]} characters at most` });
      if (channel === 'push' && variant.title === undefined) context.addIssue({ code: 'custom', path: ['variants', language, 'title'], message: 'a notification has a title' });
      for (const field of Object.keys(variant)) {
        if (!PLAIN_FIELDS[channel].some((known) => known === field)) context.addIssue({ code: 'custom', path: ['variants', language, field], message: `a message of this channel has no ${field}` });
      }
    }
  });
export type PlainContent = z.infer<typeof PlainContent>;

export const TemplateContent = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('email'), variants: z.record(LanguageTag, EmailVariant).refine(atLeastOne, ONE_VARIANT) }),
  PlainContent,
]);
export type TemplateContent = z.infer<typeof TemplateContent>;

export const TemplateKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'use lower-case letters, digits and hyphens, for example thank-you');

export const TemplateInput = z.strictObject({ key: TemplateKey, name: z.string().min(1).max(120), content: TemplateContent });
export type TemplateInput = z.infer<typeof TemplateInput>;

/** What a version keeps beside its source: Liquid texts, ready to be rendered at hand-over (§7.6). */
export const CompiledTemplate = z.discriminatedUnion('channel', [
  z.object({ channel: z.literal('email'), variants: z.record(z.string(), z.object({ subject: z.string(), html: z.string(), text: z.string() })) }),
  z.object({ channel: z.enum(PLAIN_CHANNELS), variants: z.record(z.string(), PlainVariant) }),
]);
export type CompiledTemplate = z.infer<typeof CompiledTemplate>;

/** A version's `content` column. */
export const TemplateVersionContent = z.object({ formatVersion: z.literal(1), source: TemplateContent, compiled: CompiledTemplate });
export type TemplateVersionContent = z.infer<typeof TemplateVersionContent>;
