/** Templates as the API answers them, and the small moves that an editor makes on their content. */
import type { TemplateContent } from '#domain/messages/template.ts';

export type TemplateSummary = { id: string; key: string; name: string; channel: 'email' | 'sms'; number: number; updatedAt: string };
export type TemplateDetail = TemplateSummary & { content: TemplateContent };
export type TemplateVersion = { number: number; createdAt: string; languages: string[] };
export type Preview = { language: string; chosenBy: 'customer' | 'base' | 'workspace' | 'first'; parts: Record<string, string> };

const FIRST_MJML = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text font-size="16px">{{ customer.firstName }},</mj-text>
        <mj-text font-size="12px"><a href="{{ links.preferences }}">{{ brand.name }}</a></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

export const newContent = (channel: 'email' | 'sms', language: string): TemplateContent =>
  channel === 'email' ? { channel, variants: { [language]: { subject: '{{ brand.name }}', mjml: FIRST_MJML } } } : { channel, variants: { [language]: { text: '{{ brand.name }} : ' } } };

export type Field = 'subject' | 'source' | 'text';

/** One field of one language; an e-mail's source keeps being MJML or HTML, as it was. */
export function readField(content: TemplateContent, language: string, field: Field): string {
  if (content.channel === 'sms') return content.variants[language]?.text ?? '';
  const variant = content.variants[language];
  return (field === 'subject' ? variant?.subject : field === 'text' ? variant?.text : (variant?.mjml ?? variant?.html)) ?? '';
}

export function writeField(content: TemplateContent, language: string, field: Field, value: string): TemplateContent {
  if (content.channel === 'sms') return { ...content, variants: { ...content.variants, [language]: { text: value } } };
  const { subject = '', mjml, html, text } = content.variants[language] ?? { subject: '', mjml: '' };
  const source = field === 'source' ? value : (mjml ?? html ?? '');
  const words = field === 'text' ? value : text;
  const variant = { subject: field === 'subject' ? value : subject, ...(html !== undefined ? { html: source } : { mjml: source }), ...(words ? { text: words } : {}) };
  return { ...content, variants: { ...content.variants, [language]: variant } };
}

/** MJML becomes HTML and back: the source stays as it is, only its reading changes. */
export function readAs(content: TemplateContent, language: string, kind: 'mjml' | 'html'): TemplateContent {
  if (content.channel === 'sms') return content;
  const { subject = '', mjml, html, text } = content.variants[language] ?? { subject: '', mjml: '' };
  const source = mjml ?? html ?? '';
  return { ...content, variants: { ...content.variants, [language]: { subject, ...(kind === 'mjml' ? { mjml: source } : { html: source }), ...(text ? { text } : {}) } } };
}

/** A language begins as a copy of another one, to be translated. */
export function addLanguage(content: TemplateContent, language: string, from: string): TemplateContent {
  if (content.channel === 'sms') return { ...content, variants: { ...content.variants, [language]: content.variants[from] ?? { text: '' } } };
  return { ...content, variants: { ...content.variants, [language]: content.variants[from] ?? { subject: '', mjml: '' } } };
}

export function removeLanguage(content: TemplateContent, language: string): TemplateContent {
  const without = <V>(variants: Record<string, V>): Record<string, V> => Object.fromEntries(Object.entries(variants).filter(([tag]) => tag !== language));
  return content.channel === 'sms' ? { ...content, variants: without(content.variants) } : { ...content, variants: without(content.variants) };
}
