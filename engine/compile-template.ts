/**
 * From what an author wrote to what hand-over renders (§7.6): blocks become MJML, MJML becomes HTML once, a missing text is made from the HTML, and every
 * Liquid text is parsed and its variables are checked. What is wrong comes back with its path.
 */
import mjml2html from 'mjml';
import { CUSTOMER_VARIABLES } from '#domain/messages/customer-variables.ts';
import { mjmlOf } from '#domain/messages/email-mjml.ts';
import { MESSAGE_VARIABLES } from '#domain/messages/message-facts.ts';
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';
import type { CompiledTemplate, EmailVariant, TemplateContent } from '#domain/messages/template.ts';
import { sharedRenderer } from '#engine/render-message.ts';
import { partsOf } from '#engine/template-parts.ts';

/** The compiled form, or every problem with its path under `content`. */
export async function compileTemplate(content: TemplateContent): Promise<Result<CompiledTemplate>> {
  const compiled = content.channel === 'email' ? await compileEmail(content.variants) : ok<CompiledTemplate>(content);
  if (!compiled.ok) return compiled;
  const problems = (await Promise.all(Object.keys(compiled.value.variants).map((language) => inspectVariant(compiled.value, language)))).flat();
  return problems.length > 0 ? fail(...problems) : compiled;
}

async function compileEmail(variants: Record<string, EmailVariant>): Promise<Result<CompiledTemplate>> {
  const done: Record<string, { subject: string; html: string; text: string }> = {};
  const problems: Problem[] = [];
  for (const [language, variant] of Object.entries(variants)) {
    const html = variant.html ?? (await compileMjml(variant.blocks ? mjmlOf(variant.blocks, language) : (variant.mjml ?? ''), language, problems));
    done[language] = { subject: variant.subject, html, text: variant.text ?? textOf(html) };
  }
  return problems.length > 0 ? fail(...problems) : ok({ channel: 'email', variants: done });
}

async function compileMjml(source: string, language: string, problems: Problem[]): Promise<string> {
  const path = ['content', 'variants', language, 'mjml'];
  try {
    // No fonts from elsewhere and no files: a template reaches nothing but its own text.
    const { html, errors } = await mjml2html(source, { validationLevel: 'soft', ignoreIncludes: true, minify: false, fonts: {}, keepComments: false });
    for (const { line, message } of errors) problems.push({ code: 'template.mjml', message: `line ${line}: ${message}`, path });
    return html;
  } catch (error) {
    problems.push({ code: 'template.mjml', message: error instanceof Error ? error.message.slice(0, 300) : 'not readable', path });
    return '';
  }
}

async function inspectVariant(compiled: CompiledTemplate, language: string): Promise<Problem[]> {
  const inspection = await sharedRenderer().inspect(partsOf(compiled, language) ?? {});
  if (!inspection.ok) return [{ code: inspection.code, message: inspection.message, path: ['content', 'variants', language] }];
  return Object.entries(inspection.parts).flatMap(([part, found]): Problem[] => {
    const path = ['content', 'variants', language, ...part.replace(/^variables\./, 'contentVariables.').split('.')];
    if (!found.ok) return [{ code: 'template.liquid', message: found.message, path }];
    return found.variables.filter(([root]) => !MESSAGE_VARIABLES.some((name) => name === root)).map((variable) => ({
      code: 'template.unknownVariable',
      message: `there is no ${variable.join('.')}; a message knows ${MESSAGE_VARIABLES.join(', ')}, and of a customer ${CUSTOMER_VARIABLES.join(', ')} and their attributes`,
      path,
    }));
  });
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'", zwnj: '' };

/** A readable text of an HTML body: links become «words (address)», blocks become lines. Liquid in it stays as it is. */
export function textOf(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(head|style|script|title)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_, href: string, words: string) => `${words.trim()} (${href})`)
    .replace(/<(br|\/p|\/div|\/tr|\/h[1-6]|\/li|\/table)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|nbsp|#39|zwnj);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
