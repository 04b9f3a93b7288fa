/**
 * An e-mail as blocks: what the editor draws, kept as JSON and compiled to MJML (email-mjml.ts). Every part that a person reads is in the language of its variant.
 */
import { z } from 'zod';
import { Colour, SocialLink } from '#domain/brand/brand-kit.ts';
import { MAIL_FONTS } from '#domain/brand/mail-fonts.ts';
import { isPictureUrl } from '#domain/images/image-facts.ts';
import { NAMED_SKU } from '#domain/messages/show-products.ts';
import { Href, RichText, VariableName } from '#domain/messages/rich-text.ts';

const Id = z.string().min(1).max(40);
const Line = z.string().min(1).max(200);
const Key = z.string().min(1).max(64).regex(/^[A-Za-z0-9_-]+$/, 'name it by its key');
/** Of the library, which names no site, or anywhere. */
export const PictureUrl = z.string().max(2_000).refine(isPictureUrl, 'take a picture of the library, or write the address of one, beginning with https://');

/** For whom a block is shown; without one, for everybody. A text is compared without quotes and braces in it, since it becomes Liquid. */
export const BlockCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), variable: VariableName }),
  z.strictObject({ kind: z.literal('unknown'), variable: VariableName }),
  z.strictObject({ kind: z.literal('equals'), variable: VariableName, value: z.string().min(1).max(100).regex(/^[^"{}%]*$/, 'leave out ", {, } and %') }),
  z.strictObject({ kind: z.literal('points'), programme: Key, atLeast: z.number().int().min(1).max(10_000_000) }),
  z.strictObject({ kind: z.literal('voucher'), offer: Key }),
]);
export type BlockCondition = z.infer<typeof BlockCondition>;

const common = { id: Id, when: BlockCondition.optional() };

export const ShownProduct = z.strictObject({ sku: z.string().min(1).max(100), name: Line, price: z.string().max(40).optional(), pictureUrl: PictureUrl.optional(), href: Href.optional() });
export type ShownProduct = z.infer<typeof ShownProduct>;

const Text = z.strictObject({ ...common, kind: z.literal('text'), text: RichText, align: z.enum(['left', 'center', 'right']).default('left') });
/** What a reader hears in place of the picture is asked for (WCAG 1.1.1). */
const Picture = z.strictObject({ ...common, kind: z.literal('picture'), url: PictureUrl, alt: Line, href: Href.optional(), widthPercent: z.number().int().min(10).max(100).default(100) });
const Button = z.strictObject({ ...common, kind: z.literal('button'), label: Line, href: Href });
const Points = z.strictObject({ ...common, kind: z.literal('points'), programme: Key, label: Line });
/** Shown only to whoever was given the offer on the way. */
const Voucher = z.strictObject({ ...common, kind: z.literal('voucher'), offer: Key, title: Line, validLabel: z.string().max(60) });
const Divider = z.strictObject({ ...common, kind: z.literal('divider') });
/** Of the catalogue, with its name, price and picture at hand-over and without what cannot be bought (§13.2); written by hand; or those of the purchase or cart that began the journey. */
const Products = z.strictObject({
  ...common, kind: z.literal('products'),
  source: z.discriminatedUnion('from', [
    z.strictObject({ from: z.literal('chosen'), products: z.array(ShownProduct).min(1).max(12), perRow: z.number().int().min(1).max(3) }),
    z.strictObject({ from: z.literal('catalogue'), skus: z.array(z.string().regex(NAMED_SKU, 'an article number in a mail has no ", {, }, %, <, > and &')).min(1).max(12), perRow: z.number().int().min(1).max(3) }),
    z.strictObject({ from: z.literal('event'), most: z.number().int().min(1).max(20) }),
  ]),
});

const LEAVES = [Text, Picture, Button, Points, Voucher, Divider] as const;
const Leaf = z.discriminatedUnion('kind', LEAVES);
const Columns = z.strictObject({ ...common, kind: z.literal('columns'), columns: z.array(z.array(Leaf).max(20)).min(2).max(3) });

export const EmailBlock = z.discriminatedUnion('kind', [...LEAVES, Products, Columns]);
export type EmailBlock = z.infer<typeof EmailBlock>;
export type LeafBlock = z.infer<typeof Leaf>;

export const EmailDocument = z.strictObject({
  formatVersion: z.literal(1),
  look: z.strictObject({ accent: Colour, background: Colour, font: z.enum(MAIL_FONTS) }),
  blocks: z.array(EmailBlock).min(1).max(100),
  /** Below every e-mail: who writes, and the way to choose what one receives (§6.5), which cannot be left out. */
  footer: z.strictObject({ text: z.string().max(500), preferences: z.string().min(1).max(100), social: z.array(SocialLink).max(8).optional() }),
});
export type EmailDocument = z.infer<typeof EmailDocument>;
