/** What is known of a brand kit without its schema, so that pages may load it: networks, where it begins, what should be looked at, and the lines below a mail. */
import { chooseText } from '#domain/shared/choose-text.ts';
import type { BrandKit } from './brand-kit.ts';
import { contrastOf, READABLE } from './contrast.ts';

export const SOCIAL_NETWORKS = ['instagram', 'facebook', 'pinterest', 'tiktok', 'youtube', 'linkedin', 'x', 'website'] as const;
export type SocialNetwork = (typeof SOCIAL_NETWORKS)[number];
/** As each writes itself, in every language. */
export const NETWORK_NAMES: Record<SocialNetwork, string> = { instagram: 'Instagram', facebook: 'Facebook', pinterest: 'Pinterest', tiktok: 'TikTok', youtube: 'YouTube', linkedin: 'LinkedIn', x: 'X', website: 'Web' };

export const DEFAULT_BRAND_KIT: BrandKit = { logo: null, colours: { accent: '#2b5cad', background: '#f2f1ee' }, font: 'sans', legal: {}, address: '', social: [] };

export type KitFinding = { what: 'accentOnPaper' | 'noAddress'; figures: { contrast?: number } };

/** What a careful eye would change before anything leaves. */
export function checkBrandKit({ colours, address }: BrandKit): KitFinding[] {
  const contrast = Math.floor(contrastOf(colours.accent, '#ffffff') * 10) / 10;
  return [...(contrast < READABLE ? [{ what: 'accentOnPaper' as const, figures: { contrast } }] : []), ...(address === '' ? [{ what: 'noAddress' as const, figures: {} }] : [])];
}

/** The lines below what the brand says, in a language: who sends, and from where. */
export const footerLines = ({ legal, address }: BrandKit, language: string, workspaceLanguage: string): string[] => [chooseText(legal, language, workspaceLanguage).text, address].filter((line) => line !== '');
