/** Templates as the API answers them, and the small moves that an editor makes on their content. */
import type { Channel } from '#domain/customers/channels.ts';
import type { EmailDocument } from '#domain/messages/email-blocks.ts';
import type { EmailFinding } from '#domain/messages/check-email.ts';
import type { NotificationFinding } from '#domain/messages/check-notification.ts';
import type { PlainField } from '#domain/messages/plain-channels.ts';
import type { EmailVariant, PlainContent, PlainVariant, TemplateContent } from '#domain/messages/template.ts';
import { newDocument, type Styled } from '#components/templates/new-document.ts';

export type TemplateSummary = { id: string; key: string; name: string; channel: Channel; number: number; updatedAt: string };
export type ListedTemplate = TemplateSummary & { languages: string[] };
export type TemplateDetail = TemplateSummary & { content: TemplateContent };
export type TemplateVersion = { number: number; createdAt: string; languages: string[] };
export type Finding = EmailFinding | NotificationFinding;
export type Preview = { language: string; chosenBy: 'customer' | 'base' | 'workspace' | 'first'; parts: Record<string, string>; findings: Finding[] };

export const newContent = (channel: Channel, language: string, kit?: Styled): TemplateContent =>
  channel === 'email' ? { channel, variants: { [language]: { subject: '{{ brand.name }}', blocks: newDocument(language, kit) } } } : { channel, variants: { [language]: { text: '{{ brand.name }} : ', ...(channel === 'push' && { title: '{{ brand.name }}' }) } } };

/** A field that holds one text. */
export type Field = 'subject' | 'source' | Exclude<PlainField, 'contentVariables'>;

/** One field of one language; an e-mail's source keeps being MJML or HTML, as it was. */
export function readField(content: TemplateContent, language: string, field: Field): string {
  if (content.channel !== 'email') return field === 'subject' || field === 'source' ? '' : (content.variants[language]?.[field] ?? '');
  const variant = content.variants[language];
  return (field === 'subject' ? variant?.subject : field === 'text' ? variant?.text : (variant?.mjml ?? variant?.html)) ?? '';
}

/** The body as it is kept: blocks, MJML or HTML. */
export type Body = { blocks: EmailDocument } | { mjml: string } | { html: string };
export const bodyOf = ({ blocks, mjml, html }: Pick<EmailVariant, 'blocks' | 'mjml' | 'html'>): Body => (blocks ? { blocks } : html !== undefined ? { html } : { mjml: mjml ?? '' });

function writeVariant(content: TemplateContent, language: string, change: { subject?: string; body?: Body; text?: string }): TemplateContent {
  if (content.channel !== 'email') return content;
  const now = content.variants[language] ?? { subject: '', mjml: '' };
  const { subject = now.subject, body = bodyOf(now), text = now.text } = change;
  return { ...content, variants: { ...content.variants, [language]: { subject, ...body, ...(text ? { text } : {}) } } };
}

export const writeBody = (content: TemplateContent, language: string, body: Body): TemplateContent => writeVariant(content, language, { body });

/** A plain message with some of its fields changed; what is left empty is left out, but for the text. */
export function writePlain(content: PlainContent, language: string, change: Partial<PlainVariant>): TemplateContent {
  const { text, ...rest } = { ...(content.variants[language] ?? { text: '' }), ...change };
  const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => (typeof value === 'string' ? value !== '' : value !== undefined && Object.keys(value).length > 0)));
  return { ...content, variants: { ...content.variants, [language]: { text, ...kept } } };
}

export function writeField(content: TemplateContent, language: string, field: Field, value: string): TemplateContent {
  if (content.channel !== 'email') return writePlain(content, language, { [field]: value });
  if (field !== 'source') return writeVariant(content, language, field === 'subject' ? { subject: value } : { text: value });
  return writeBody(content, language, content.variants[language]?.html === undefined ? { mjml: value } : { html: value });
}

/** A language begins as a copy of another one, to be translated. */
export function addLanguage(content: TemplateContent, language: string, from: string): TemplateContent {
  if (content.channel !== 'email') return { ...content, variants: { ...content.variants, [language]: content.variants[from] ?? { text: '' } } };
  return { ...content, variants: { ...content.variants, [language]: content.variants[from] ?? { subject: '', mjml: '' } } };
}

export function removeLanguage(content: TemplateContent, language: string): TemplateContent {
  const without = <V>(variants: Record<string, V>): Record<string, V> => Object.fromEntries(Object.entries(variants).filter(([tag]) => tag !== language));
  return content.channel !== 'email' ? { ...content, variants: without(content.variants) } : { ...content, variants: without(content.variants) };
}
