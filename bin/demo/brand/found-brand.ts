/** Founds the demo brand by the commands that the API runs: a sandbox that stands at the first live day, stores, products, offers, programme, policy, templates, journeys. */
import { readdirSync, readFileSync } from 'node:fs';
import { inWorkspace } from '#db/connection.ts';
import { createWorkspace } from '#db/create-workspace.ts';
import { DEMO_PRODUCTS } from '#db/demo/catalogue.ts';
import { BRAND, type DemoBrand } from '#db/demo/demo-brand.ts';
import { DEMO_OFFERS, DEMO_POLICY, DEMO_PROGRAMME } from '#db/demo/loyalty.ts';
import { CURRENCY } from '#db/demo/sales.ts';
import { ZONE } from '#db/demo/shop-calendar.ts';
import { DEMO_TEMPLATES } from '#db/demo/templates.ts';
import { parseJourney } from '#domain/journeys/validate.ts';
import type { Result } from '#domain/shared/result.ts';
import { createJourney } from '#engine/commands/change-journey.ts';
import type { CommandContext } from '#engine/commands/command-context.ts';
import { publishJourney } from '#engine/commands/publish-journey.ts';
import { putOffer } from '#engine/commands/put-offer.ts';
import { putPressurePolicy } from '#engine/commands/put-pressure-policy.ts';
import { putProduct } from '#engine/commands/put-product.ts';
import { putProgramme } from '#engine/commands/put-programme.ts';
import { putStore } from '#engine/commands/put-store.ts';
import { putWorkspace } from '#engine/commands/put-workspace.ts';
import { showBrand } from './show-brand.ts';
import type { Engine } from '#engine/engine.ts';
import { saveTemplate } from '#engine/save-template.ts';

export const ACTOR = 'demo';
const JOURNEYS = new URL('../../../db/demo/journeys/', import.meta.url);

/** The value, or an error that says what is wrong with the demo's own data. */
export function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
}

/** About what a part costs in France. */
const SMS_PART_MICROS = 62_000;

/** Answers the new workspace's id. Its clock stands at 09:00 of the first live day. */
export async function foundBrand(engine: Engine, brand: DemoBrand, input: { slug: string; vendorServerUrl: string }): Promise<string> {
  const workspaceId = await createWorkspace(engine.database, {
    slug: input.slug, name: 'Démonstration', brand: BRAND, kind: 'sandbox', currency: CURRENCY, timeZone: ZONE, country: 'FR', language: 'fr',
    standsAt: brand.liveFrom, publicUrl: engine.publicUrl, vendorServerUrl: input.vendorServerUrl,
  });
  await inWorkspace(engine.database, workspaceId, async (transaction) => {
    const context: CommandContext = { transaction, workspaceId, actor: ACTOR };
    await putWorkspace(context, { name: 'Démonstration', brand: BRAND, language: 'fr', smsPartMicros: SMS_PART_MICROS });
    for (const { opensOn, closesOn, ...store } of brand.stores) await putStore(context, { ...store, opensOn: opensOn ?? undefined, closesOn: closesOn ?? undefined });
    const pictures = await showBrand(context);
    for (const { sku, name, categories, priceMinor, costMinor, kind } of DEMO_PRODUCTS) await putProduct(context, { sku, name, categories, priceMinor, costMinor, picture: pictures.get(kind) });
    for (const offer of DEMO_OFFERS) await putOffer(context, offer);
    must(await putProgramme(context, DEMO_PROGRAMME));
    await putPressurePolicy(context, DEMO_POLICY, 1);
  });
  for (const template of DEMO_TEMPLATES) must(await saveTemplate(engine, workspaceId, template, ACTOR));
  return workspaceId;
}

/** Publishes the journeys that lie as files in `db/demo/journeys/`; answers their names. */
export async function publishJourneys(engine: Engine, workspaceId: string): Promise<string[]> {
  const names: string[] = [];
  for (const file of readdirSync(JOURNEYS).filter((name) => name.endsWith('.json')).sort()) {
    const journey = must(parseJourney(JSON.parse(readFileSync(new URL(file, JOURNEYS), 'utf8'))));
    await inWorkspace(engine.database, workspaceId, async (transaction) => {
      const context: CommandContext = { transaction, workspaceId, actor: ACTOR };
      const { journeyId } = await createJourney(context, journey);
      must(await publishJourney(context, journeyId, { reason: 'L’enseigne de démonstration ouvre.' }));
    });
    names.push(journey.name);
  }
  return names;
}
