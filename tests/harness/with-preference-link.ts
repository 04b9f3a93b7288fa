/** What tests of the customers' own pages begin with: the process's own engine on a database of their own, and a customer with a signed link to their preferences. */
import { afterAll } from 'vitest';
import { v7 as newId } from 'uuid';
import type { Engine } from '#engine/engine.ts';
import { signId } from '#engine/links.ts';
import { buildCustomer, buildMessages, buildWorkspace, TEST_SECRET } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

/** As temporal/web-engine.ts keeps it. */
const kept = globalThis as typeof globalThis & { parcoursWebEngine?: Engine };

export type PreferenceLink = { sql: TestEngine['sql']; customerId: string; token: string };

/** Anna, who reads `language`. */
export function withPreferenceLink(language: string, take: (made: PreferenceLink) => void): void {
  withTestEngine(async ({ sql, engine }) => {
    kept.parcoursWebEngine = engine;
    const workspace = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1' });
    const customerId = await buildCustomer(sql, workspace.id, { email: 'anna@lutin.test', profile: { firstName: 'Anna', language } });
    const [messageId = null] = await buildMessages(sql, workspace.id, [{ customerId, templateId: null }]);
    const id = newId();
    await sql`insert into links (id, workspace_id, message_id, customer_id, kind) values (${id}, ${workspace.id}, ${messageId}, ${customerId}, 'preferences')`;
    take({ sql, customerId, token: signId(TEST_SECRET, 'link', id) });
  });
  afterAll(() => { delete kept.parcoursWebEngine; });
}
