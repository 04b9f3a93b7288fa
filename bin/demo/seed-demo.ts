/** What `npm run demo` runs once: the demo brand, a key for its API and an owner who can sign in. */
import { inWorkspace } from '#db/connection.ts';
import { createMember } from '#db/create-member.ts';
import { createApiKey } from '#engine/commands/create-api-key.ts';
import { SCOPE_NAMES } from '#engine/commands/scopes.ts';
import { openEngine } from '#temporal/open-engine.ts';
import { ACTOR } from '#bin/demo/brand/found-brand.ts';
import { forgetUnfinished, makeDemo } from '#bin/demo/brand/make-demo.ts';
import type { SeededDemo, SeedInput } from '#bin/demo/seed.ts';

const SLUG = 'demo';
const SIGN_IN = { email: 'camille@tillebou.test', password: 'grimper-rouler-grandir' };

export async function seedDemo({ databaseUrl, baseUrl, temporalAddress, vendorServerUrl, secret, people, say }: SeedInput): Promise<SeededDemo> {
  const engine = openEngine({ databaseUrl, temporalAddress, temporalNamespace: process.env['TEMPORAL_NAMESPACE'] ?? 'default', publicUrl: baseUrl, secret, applicationName: 'parcours-demo' });
  try {
    await forgetUnfinished(engine, SLUG);
    const { workspaceId, counts, jumps, history } = await makeDemo({ engine, slug: SLUG, vendorServerUrl, people, now: Date.now(), say });
    const { sales, joined, messages, opens, clicks, stops, rewards, causedPurchases } = counts;
    say(`In the live days: ${sales} sales and returns beside ${history} before, ${joined} people joined, ${messages} messages, ${opens} opened, ${clicks} clicked, ${stops} STOP, ${rewards} rewards, ${causedPurchases} purchases caused.`);
    if (jumps.stuckOn > 0) say(`${jumps.stuckOn} of ${jumps.steps} moments of the clock went on before all had settled.`);
    const { key } = await inWorkspace(engine.database, workspaceId, (transaction) => createApiKey({ transaction, workspaceId, actor: ACTOR }, { name: 'Demo', scopes: SCOPE_NAMES }));
    await createMember(engine.database, { workspaceId, name: 'Camille', role: 'owner', ...SIGN_IN });
    return { workspaceId, apiKey: key, signIn: SIGN_IN };
  } finally {
    await engine.close();
  }
}
