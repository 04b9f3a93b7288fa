/** What a careful sender looks at before an e-mail leaves: its size, its links and its pictures, as one reader would get it. */
import { hashOfPath, withoutSite } from '#domain/images/image-facts.ts';

type Figures = Record<string, string | number>;
export type LinkFinding = { what: 'linkBroken' | 'linkLocal' | 'linkPlain'; figures: Figures };
export type EmailFinding = LinkFinding | { what: 'tooLarge' | 'subjectLong' | 'pictureSilent' | 'picturePlain' | 'noPreferences'; figures: Figures };

/** Gmail shows the first 102 kB and hides the rest behind «view entire message». https://support.google.com/mail/thread/6187016 */
const CLIPPED_BYTES = 102 * 1_024;
/** What most phones show of a subject. */
const SUBJECT_CHARACTERS = 70;

const LOCAL = /^https?:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|0\.0\.0\.0|\[::1\]|[^/:.]+([:/]|$))/i;
const WEB = /^https?:\/\/[^\s"<>]+\.[^\s"<>]+/i;
const OTHER = /^(mailto:[^\s@]+@[^\s@]+|tel:[+\d])/i;

const ENTITIES: Record<string, string> = { '&amp;': '&', '&quot;': '"', '&lt;': '<', '&gt;': '>', '&#34;': '"', '&#39;': "'" };
const decoded = (attribute: string): string => attribute.replace(/&(amp|quot|lt|gt|#34|#39);/g, (entity) => ENTITIES[entity] ?? entity);
const attributesOf = (html: string, tag: string): string[] => [...html.matchAll(new RegExp(`<${tag}\\b([^>]*)>`, 'gi'))].map(([, attributes = '']) => attributes);
const attribute = (attributes: string, name: string): string | null => {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(attributes);
  return found ? decoded(found[1] ?? found[2] ?? '').trim() : null;
};

/** The bytes of a text in UTF-8, as it travels before any transfer encoding. */
export const bytesOf = (text: string): number => [...text].reduce((sum, sign) => {
  const point = sign.codePointAt(0) ?? 0;
  return sum + (point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4);
}, 0);

/** What is wrong with the address of a link; `ownAddress` is a page of ours, which is always right. */
export function checkLink(href: string, ownAddress: string): LinkFinding | null {
  if (href.startsWith(ownAddress) || href === '#') return null;
  if (OTHER.test(href)) return null;
  if (LOCAL.test(href)) return { what: 'linkLocal', figures: { href } };
  if (!WEB.test(href)) return { what: 'linkBroken', figures: { href } };
  return href.toLowerCase().startsWith('http:') ? { what: 'linkPlain', figures: { href } } : null;
}

/** What is wrong with a rendered e-mail, each thing once, the gravest first. `preferences` is the address where the reader chooses what they receive. */
export function checkEmail({ subject, html }: { subject: string; html: string }, preferences: string): EmailFinding[] {
  const links = attributesOf(html, 'a').map((attributes) => attribute(attributes, 'href') ?? '');
  const bytes = bytesOf(html);
  const findings = [
    ...(bytes > CLIPPED_BYTES ? [{ what: 'tooLarge' as const, figures: { kB: Math.ceil(bytes / 1_024) } }] : []),
    ...(links.some((href) => href.startsWith(preferences)) ? [] : [{ what: 'noPreferences' as const, figures: {} }]),
    ...links.flatMap((href) => checkLink(href, preferences) ?? []),
    ...attributesOf(withoutSite(html), 'img').flatMap((attributes): EmailFinding[] => {
      const source = attribute(attributes, 'src') ?? '';
      return [
        ...(attribute(attributes, 'alt') === null ? [{ what: 'pictureSilent' as const, figures: { source } }] : []),
        ...(/^https:/i.test(source) || hashOfPath(source) !== null ? [] : [{ what: 'picturePlain' as const, figures: { source } }]),
      ];
    }),
    ...(subject.length > SUBJECT_CHARACTERS ? [{ what: 'subjectLong' as const, figures: { length: subject.length, most: SUBJECT_CHARACTERS } }] : []),
  ];
  const seen = new Set<string>();
  return findings.filter((finding) => !seen.has(JSON.stringify(finding)) && seen.add(JSON.stringify(finding)));
}
