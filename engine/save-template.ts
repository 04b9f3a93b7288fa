/** A command: what an author wrote becomes an immutable version of a template; messages take the latest version at hand-over (§8.3). */
import { v7 } from 'uuid';
import { inWorkspace } from '#db/connection.ts';
import { insertTemplateVersion } from '#db/queries/templates.ts';
import { TemplateInput } from '#domain/messages/template.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { audit, raiseEpoch } from '#engine/commands/command-context.ts';
import { compileTemplate } from '#engine/compile-template.ts';
import type { Engine } from '#engine/engine.ts';

export type SavedTemplate = { templateId: string; versionId: string; number: number };

/**
 * Compiles the content and writes the next version under its key, making the template when the key is new. A key keeps its channel for
 * ever, because messages under way were planned for it. Problems carry the path of what is wrong.
 */
export async function saveTemplate(engine: Engine, workspaceId: string, input: unknown, actor = 'system'): Promise<Result<SavedTemplate>> {
  const parsed = TemplateInput.safeParse(input);
  if (!parsed.success) {
    return fail(...parsed.error.issues.map(({ message, path }) => ({ code: 'template.invalid', message, path: path.map((step) => (typeof step === 'number' ? step : String(step))) })));
  }
  const { key, name, content } = parsed.data;
  const compiled = await compileTemplate(content);
  if (!compiled.ok) return compiled;
  const saved = await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const version = await insertTemplateVersion(transaction, workspaceId, {
      templateId: v7(), versionId: v7(), key, name, channel: content.channel, content: { formatVersion: 1, source: content, compiled: compiled.value },
    });
    if (!version) return null;
    const context = { transaction, workspaceId, actor };
    await audit(context, { action: 'template.save', subject: key, after: { number: version.number } });
    await raiseEpoch(context);
    return version;
  });
  return saved ? ok(saved) : fail({ code: 'template.otherChannel', message: `${key} is a template of another channel`, path: ['content', 'channel'] });
}
