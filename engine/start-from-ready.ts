/** Makes a draft from a ready journey, with the templates and offers that it needs and that are not there yet; what is there is left as it is. */
import { listTemplates } from '#db/queries/templates.ts';
import { inWorkspace } from '#db/connection.ts';
import type { ReadyJourney, ReadyLanguage } from '#domain/journeys/ready/ready-journey.ts';
import { fail, ok, type Result } from '#domain/shared/result.ts';
import { createJourney } from '#engine/commands/change-journey.ts';
import { putOffer } from '#engine/commands/put-offer.ts';
import type { Engine } from '#engine/engine.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { saveTemplate } from '#engine/save-template.ts';

const MOST_NUMBERS = 100;

/** The journey's key gets a number when it is taken. A template of that key on another channel is in the way: nothing is made. */
export async function startFromReady(engine: Engine, workspaceId: string, actor: string, ready: ReadyJourney, { language, website }: { language: ReadyLanguage; website: string }): Promise<Result<{ journeyId: string; key: string }>> {
  const { journey, templates, offers } = ready.build(language, website);
  const there = new Map((await inWorkspace(engine.database, workspaceId, listTemplates)).map(({ key, channel }) => [key, channel]));
  const inTheWay = templates.find(({ key, content }) => there.has(key) && there.get(key) !== content.channel);
  if (inTheWay) return fail({ code: 'template.otherChannel', message: `«${inTheWay.key}» is a template of another channel: rename it and try again.`, path: ['templates', inTheWay.key] });
  for (const template of templates) {
    if (there.has(template.key)) continue;
    const saved = await saveTemplate(engine, workspaceId, template, actor);
    if (!saved.ok) return saved;
  }
  return runInWorkspace(engine, { workspaceId, actor }, async ({ command }) => {
    const known = new Set((await command.transaction<{ key: string }[]>`select key from offers`).map(({ key }) => key));
    for (const offer of offers) if (!known.has(offer.key)) await putOffer(command, offer);
    const taken = new Set((await command.transaction<{ key: string }[]>`select key from journeys where key like ${`${journey.key}%`}`).map(({ key }) => key));
    const key = [journey.key, ...Array.from({ length: MOST_NUMBERS }, (_, index) => `${journey.key}-${index + 2}`)].find((each) => !taken.has(each)) ?? `${journey.key}-x`;
    return ok({ journeyId: (await createJourney(command, { ...journey, key })).journeyId, key });
  });
}
