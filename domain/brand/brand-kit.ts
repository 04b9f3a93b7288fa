/** How a brand looks and who it is, wherever a customer reads it: new e-mails begin with it, and their own pages show it. What is known of it without a schema: brand-facts.ts. */
import { z } from 'zod';
import { isImagePath } from '#domain/images/image-facts.ts';
import { SOCIAL_NETWORKS } from './brand-facts.ts';
import { MAIL_FONTS } from './mail-fonts.ts';

export const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'write a colour as #b4532a');
export const SocialLink = z.strictObject({ network: z.enum(SOCIAL_NETWORKS), url: z.string().max(500).regex(/^https?:\/\/[^\s"<>{}]+$/, 'write an address that begins with https://') });
export type SocialLink = z.infer<typeof SocialLink>;

const Tag = z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language is a BCP 47 tag such as fr or fr-CA');

export const BrandKit = z.strictObject({
  logo: z.strictObject({ path: z.string().refine(isImagePath, 'take a picture of the library'), alt: z.string().trim().min(1).max(200) }).nullable(),
  /** `accent`: links and buttons; `background`: around the paper of an e-mail. */
  colours: z.strictObject({ accent: Colour, background: Colour }),
  font: z.enum(MAIL_FONTS),
  /** Who sends, as the law asks for it, by language; none is no line. */
  legal: z.record(Tag, z.string().trim().min(1).max(300)),
  address: z.string().trim().max(180),
  social: z.array(SocialLink).max(8).refine((links) => new Set(links.map(({ network }) => network)).size === links.length, 'name each network once'),
});
export type BrandKit = z.infer<typeof BrandKit>;
