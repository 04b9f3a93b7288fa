/** What an author sees before saving: the same compiler and the same renderer as at hand-over, with facts of their choice and no signed link (§7.6). */
import { messageFacts, type FactsTaken } from '#domain/messages/message-facts.ts';
import { chooseLanguage, TemplateContent, type LanguageChoice } from '#domain/messages/template.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { compileTemplate } from '#engine/compile-template.ts';
import { sharedRenderer } from '#engine/render-message.ts';
import { partsOf } from '#engine/template-parts.ts';

export type Preview = { language: LanguageChoice; parts: Record<string, string> };

/** Renders `content` in the language that a reader of `language` would get. Show `parts.html` only in a sandboxed frame. */
export async function renderPreview(input: { content: unknown; language: string | null; workspaceLanguage: string; facts: FactsTaken }): Promise<Result<Preview>> {
  const parsed = TemplateContent.safeParse(input.content);
  if (!parsed.success) return fail(...parsed.error.issues.map(({ message, path }) => ({ code: 'template.invalid', message, path: ['content', ...path.map(String)] })));
  const compiled = await compileTemplate(parsed.data);
  if (!compiled.ok) return compiled;
  const language = chooseLanguage(Object.keys(compiled.value.variants), input.language, input.workspaceLanguage);
  const variables = messageFacts(input.facts, { preferences: '#', unsubscribe: '#' });
  const rendered = await sharedRenderer().render({ parts: partsOf(compiled.value, language.language) ?? {}, language: language.language, variables });
  if (!rendered.ok) return fail({ code: rendered.code, message: rendered.message, path: ['content', 'variants', language.language] });
  const withoutMarks = Object.entries(rendered.parts).map(([name, text]): [string, string] => [name, text.replace(/[\uE000\uE001]/g, '')]);
  return ok({ language, parts: Object.fromEntries(withoutMarks) });
}
