/** How a brand looks and who it is, wherever a customer reads it: new e-mails begin with it, and their own pages show it. */
import { z } from 'zod';
import { isImagePath } from '#domain/images/image-facts.ts';
import { MAIL_FONTS } from './mail-fonts.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import { contrastOf, READABLE } from './contrast.ts';

export const Colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'write a colour as #b4532a');
export const SOCIAL_NETWORKS = ['instagram', 'facebook', 'pinterest', 'tiktok', 'youtube', 'linkedin', 'x', 'website'] as const;
export type SocialNetwork = (typeof SOCIAL_NETWORKS)[number];
/** As each writes itself, in every language. */
export const NETWORK_NAMES: Record<SocialNetwork, string> = { instagram: 'Instagram', facebook: 'Facebook', pinterest: 'Pinterest', tiktok: 'TikTok', youtube: 'YouTube', linkedin: 'LinkedIn', x: 'X', website: 'Web' };
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

export const DEFAULT_BRAND_KIT: BrandKit = { logo: null, colours: { accent: '#2b5cad', background: '#f2f1ee' }, font: 'sans', legal: {}, address: '', social: [] };

export type KitFinding = { what: 'accentOnPaper' | 'noAddress'; figures: { contrast?: number } };

/** What a careful eye would change before anything leaves. */
export function checkBrandKit({ colours, address }: BrandKit): KitFinding[] {
  const contrast = Math.floor(contrastOf(colours.accent, '#ffffff') * 10) / 10;
  return [...(contrast < READABLE ? [{ what: 'accentOnPaper' as const, figures: { contrast } }] : []), ...(address === '' ? [{ what: 'noAddress' as const, figures: {} }] : [])];
}

/** The lines below what the brand says, in a language: who sends, and from where. */
export const footerLines = ({ legal, address }: BrandKit, language: string, workspaceLanguage: string): string[] => [chooseText(legal, language, workspaceLanguage).text, address].filter((line) => line !== '');
