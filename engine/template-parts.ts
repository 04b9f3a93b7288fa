/** A compiled variant as the renderer takes it. */
import type { CompiledTemplate } from '#domain/messages/template.ts';
import type { RenderParts } from '#engine/render-message.ts';

/** The Liquid texts of one variant, each with the way its output is escaped. */
export function partsOf(compiled: CompiledTemplate, language: string): RenderParts | null {
  if (compiled.channel === 'sms') {
    const variant = compiled.variants[language];
    return variant ? { text: { source: variant.text, escape: 'none' } } : null;
  }
  const variant = compiled.variants[language];
  if (!variant) return null;
  return { subject: { source: variant.subject, escape: 'none' }, html: { source: variant.html, escape: 'html' }, text: { source: variant.text, escape: 'none' } };
}
