/**
 * Text with emphasis, links, lists and variables, as the editor keeps it: the JSON of a ProseMirror document with the few nodes that an e-mail can show. What is
 * typed is literal: only a variable node is filled in when the message leaves.
 */
import { z } from 'zod';
import { HREF, LONGEST_HREF } from '#domain/messages/href.ts';

/** A path of what a message knows (`customer.firstName`, `voucher.summer-gift.code`). */
export const VariableName = z.string().max(120).regex(/^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)*$/, 'name a variable, for example customer.firstName');

/** An address that a reader may follow: on the web, by mail or telephone, or one that a variable holds. */
export const Href = z.string().max(LONGEST_HREF).regex(HREF, 'write an address that begins with https://, mailto: or tel:');

const Mark = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bold') }),
  z.object({ type: z.literal('italic') }),
  z.object({ type: z.literal('underline') }),
  z.object({ type: z.literal('link'), attrs: z.object({ href: Href }) }),
]);

export const Inline = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1).max(5_000), marks: z.array(Mark).max(4).optional() }),
  z.object({ type: z.literal('hardBreak') }),
  /** `fallback` stands where nothing is known of the reader. */
  z.object({ type: z.literal('variable'), attrs: z.object({ name: VariableName, fallback: z.string().max(200).default('') }), marks: z.array(Mark).max(4).optional() }),
]);
export type Inline = z.infer<typeof Inline>;

const Paragraph = z.object({ type: z.literal('paragraph'), content: z.array(Inline).max(500).optional() });
const Heading = z.object({ type: z.literal('heading'), attrs: z.object({ level: z.number().int().min(1).max(3) }), content: z.array(Inline).max(100).optional() });
const ListItem = z.object({ type: z.literal('listItem'), content: z.array(Paragraph).min(1).max(20) });
const BulletList = z.object({ type: z.literal('bulletList'), content: z.array(ListItem).min(1).max(100) });
const OrderedList = z.object({ type: z.literal('orderedList'), content: z.array(ListItem).min(1).max(100) });

export const RichText = z.object({ type: z.literal('doc'), content: z.array(z.discriminatedUnion('type', [Paragraph, Heading, BulletList, OrderedList])).min(1).max(200) });
export type RichText = z.infer<typeof RichText>;
