/** The head and the foot that the brand kit gives to the customers' own pages: plain HTML, without scripts. */
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { footerLines, NETWORK_NAMES } from '#domain/brand/brand-facts.ts';
import { readableOn } from '#domain/brand/contrast.ts';
import { escapeHtml } from '#app/public-page.ts';

/** The first button in the brand's colour, with words that can be read on it; light and dark alike. */
export const brandStyle = ({ colours: { accent } }: BrandKit): string => {
  const words = readableOn(accent, ['#ffffff', '#1c1c1c']);
  return `button.first,button.go,button#on{background:${accent}!important;color:${words}!important;border-color:${accent}!important}.logo{display:block;max-width:12rem;max-height:5rem;height:auto;width:auto;margin:0 0 1rem}@media (prefers-color-scheme:dark){.logo{background:#fff;padding:.5rem;border-radius:.5rem}}.about{margin-top:2.5rem;padding-top:1rem;border-top:1px solid #9b9b9b;font-size:.875rem}.about p{margin:.25rem 0}.about a{display:inline-block;padding:.5rem 1rem .5rem 0;color:inherit}`;
};

/** The logo, which says the brand's name to who does not see it. */
export const brandLogo = ({ logo }: BrandKit): string => (logo ? `<img class="logo" src="${logo.path}" alt="${escapeHtml(logo.alt)}">` : '');

export function brandFoot(kit: BrandKit, language: string, workspaceLanguage: string): string {
  const lines = footerLines(kit, language, workspaceLanguage).map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  const links = kit.social.map(({ network, url }) => `<a href="${escapeHtml(url)}" rel="noreferrer">${NETWORK_NAMES[network]}</a>`).join('');
  return lines === '' && links === '' ? '' : `<footer class="about">${lines}${links}</footer>`;
}
