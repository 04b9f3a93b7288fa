import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { dispatchOnce } from '#engine/dispatch-messages.ts';
import { openPace } from '#engine/dispatch/pace.ts';
import { saveTemplate } from '#engine/save-template.ts';
import { buildCustomer, buildMessages, buildWorkspace } from '#tests/harness/builders.ts';
import { withTestEngine, type TestEngine } from '#tests/harness/with-test-engine.ts';

let sql: TestEngine['sql'];
let engine: TestEngine['engine'];
withTestEngine((made) => { ({ sql, engine } = made); });

describe('the pace of an account', () => {
  it('§7.5 lets through in any span no more than its rate allows, and a second’s worth that was saved up', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.record({ waitMs: fc.integer({ min: 0, max: 3_000 }), wanted: fc.integer({ min: 0, max: 30 }) }), { maxLength: 30 }), (perSecond, rounds) => {
      let now = 0;
      const pace = openPace(() => now);
      const taken: { at: number; calls: number }[] = [];
      for (const { waitMs, wanted } of rounds) {
        now += waitMs;
        const calls = Math.min(wanted, pace.available('account', perSecond));
        pace.take('account', calls);
        taken.push({ at: now, calls });
      }
      for (const [from, { at }] of taken.entries()) {
        let sum = 0;
        for (const later of taken.slice(from)) {
          sum += later.calls;
          expect(sum).toBeLessThanOrEqual(perSecond + ((later.at - at) / 1_000) * perSecond + 1e-6);
        }
      }
    }));
  });
});

describe('a live account that takes two a second', () => {
  let workspaceId: string;
  let ids: string[];
  beforeEach(async () => {
    ({ id: workspaceId } = await buildWorkspace(sql, { vendorUrl: 'http://127.0.0.1:1', kind: 'live' }));
    await sql`update provider_accounts set rate = '{"perSecond": 2}' where workspace_id = ${workspaceId} and channel = 'sms'`;
    const saved = await saveTemplate(engine, workspaceId, { key: 'text', name: 'Text', content: { channel: 'sms', variants: { fr: { text: 'Votre commande est prête' } } } });
    if (!saved.ok) throw new Error(JSON.stringify(saved.problems));
    const people = await Promise.all([1, 2, 3, 4, 5].map((each) => buildCustomer(sql, workspaceId, { phone: `+3361234567${each}` })));
    // Those that matter least have waited longest.
    ids = await buildMessages(sql, workspaceId, people.map((customerId, place) => ({ customerId, templateId: saved.value.templateId, channel: 'sms', category: 'transactional', priority: place * 20, dueAt: new Date(Date.now() - (5 - place) * 60_000).toISOString() })));
  });

  it('§7.5 is given the two that matter most, then nothing within the second, then the next two', async () => {
    let now = 0;
    const pace = openPace(() => now);
    const handed: string[] = [];
    const round = () => dispatchOnce(engine, workspaceId, {
      pace, openVendor: () => ({ kind: 'twilio', batchLimit: 1, repeatable: false, send: async (_, [message]) => (handed.push(message!.messageId), { kind: 'answered', rate: null, members: [{ messageId: message!.messageId, kind: 'sent', providerMessageId: message!.messageId }] }) }),
    });
    await round();
    expect(handed.sort()).toEqual([ids[3], ids[4]].sort());
    await round();
    now = 400;
    await round();
    expect(handed).toHaveLength(2);
    now = 1_000;
    await round();
    expect(handed.slice(2).sort()).toEqual([ids[1], ids[2]].sort());
  });
});
