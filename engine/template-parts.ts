/** A compiled variant as the renderer takes it. */
import type { CompiledTemplate } from '#domain/messages/template.ts';
import type { RenderParts } from '#engine/render-message.ts';

/** Before the name of a variable of approved content, in the name of its part. */
const VARIABLE = 'variables.';

/** The Liquid texts of one variant, each with the way its output is escaped. */
export function partsOf(compiled: CompiledTemplate, language: string): RenderParts | null {
  if (compiled.channel === 'email') {
    const variant = compiled.variants[language];
    return variant ? { subject: plain(variant.subject), html: { source: variant.html, escape: 'html' }, text: plain(variant.text) } : null;
  }
  const variant = compiled.variants[language];
  if (!variant) return null;
  const { contentVariables = {}, contentSid: _, ...texts } = variant;
  const parts: [string, string | undefined][] = [...Object.entries(texts), ...Object.entries(contentVariables).map(([name, text]): [string, string] => [VARIABLE + name, text])];
  return Object.fromEntries(parts.flatMap(([name, text]) => (text === undefined ? [] : [[name, plain(text)]])));
}

const plain = (source: string): RenderParts[string] => ({ source, escape: 'none' });

/** The approved content that a WhatsApp variant names, filled with its rendered variables; null when it is written freely. */
export function contentOf(compiled: CompiledTemplate, language: string, rendered: Record<string, string>): { sid: string; variables: Record<string, string> } | null {
  const variant = compiled.channel !== 'email' ? compiled.variants[language] : undefined;
  if (!variant?.contentSid) return null;
  const filled = Object.entries(rendered).filter(([part]) => part.startsWith(VARIABLE)).map(([part, text]) => [part.slice(VARIABLE.length), text]);
  return { sid: variant.contentSid, variables: Object.fromEntries(filled) };
}
