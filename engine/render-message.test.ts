import { afterAll, describe, expect, it } from 'vitest';
import { openRenderer, type RenderParts } from '#engine/render-message.ts';

const limits = { wallClockMs: 400, renderLimitMs: 100, memoryLimit: 1_000_000, parseLimit: 100_000, outputLimit: 50_000, heapMb: 32 };
const renderer = openRenderer(limits);
const cooperative = openRenderer({ ...limits, renderLimitMs: 60_000, memoryLimit: 1e12 });
afterAll(() => Promise.all([renderer.close(), cooperative.close()]));

const text = (source: string): RenderParts => ({ text: { source, escape: 'none' } });
const render = (parts: RenderParts, variables: Record<string, unknown> = {}, language = 'fr') => renderer.render({ parts, language, variables });

describe('the renderer', () => {
  it('escapes in HTML and not in texts, and follows the language in dates', async () => {
    const source = '{{ name }} {{ at | date: "%-d %B" }}';
    const result = await render({ html: { source, escape: 'html' }, text: { source, escape: 'none' } }, { name: '<b>', at: '2026-08-01T01:00:00+02:00' });
    expect(result).toEqual({ ok: true, parts: { html: '&lt;b&gt; 1 août', text: '<b> 1 août' } });
  });

  it.each([
    ['{{ customer.nickname }}', 'template.failed'],
    ['{{ customer.constructor.name }}', 'template.failed'],
    ['{% include "/etc/passwd" %}', 'template.failed'],
    ['{% for a in (1..99999999) %}{% endfor %}', 'template.memoryLimit'],
    ['{% assign l = "a,b,c,d,e,f,g,h,i,j" | split: "," %}{% for a in l %}{% for b in l %}{% for c in l %}{% for d in l %}{% for e in l %}{% for f in l %}{% for g in l %}.{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}', 'template.timeLimit'],
  ])('makes a value of what fails: %s (§7.6)', async (source, code) => {
    expect(await render(text(source), { customer: {} })).toMatchObject({ ok: false, code });
  });

  it('ends a thread that hangs, and renders the next message in a new one (§7.6)', async () => {
    const endless = '{% for a in (1..9999) %}{% for b in (1..9999) %}{% for c in (1..9999) %}{% if a == -1 %}{{ b }}{% endif %}{% endfor %}{% endfor %}{% endfor %}';
    const [hung, fine] = await Promise.all([
      cooperative.render({ parts: text(endless), language: 'fr', variables: {} }),
      cooperative.render({ parts: text('{{ a }}'), language: 'fr', variables: { a: 1 } }),
    ]);
    expect(hung).toMatchObject({ ok: false, code: 'template.timeLimit' });
    expect(fine).toEqual({ ok: true, parts: { text: '1' } });
  });

  it('ends a thread that eats the memory (§7.6)', async () => {
    const hungry = '{% assign s = "0123456789" %}{% for a in (1..30) %}{% assign s = s | append: s | append: "x" %}{% assign t = s | split: "" %}{% endfor %}{{ t.size }}';
    const eater = openRenderer({ ...limits, memoryLimit: 1e12, renderLimitMs: 60_000, wallClockMs: 20_000 });
    expect(await eater.render({ parts: text(hungry), language: 'fr', variables: {} })).toMatchObject({ ok: false, code: 'template.memoryLimit' });
    expect(await eater.render({ parts: text('x'), language: 'fr', variables: {} })).toMatchObject({ ok: true });
    await eater.close();
  });

  it('says which variables a text reads, and where it does not parse', async () => {
    const found = await renderer.inspect({ a: { source: '{{ customer.firstName }}{% for v in vouchers %}{{ v.code }}{% endfor %}', escape: 'none' }, b: { source: 'x\n{% if y %}', escape: 'html' } });
    expect(found).toMatchObject({ ok: true, parts: { a: { ok: true, variables: [['customer', 'firstName'], ['vouchers']] }, b: { ok: false, message: expect.stringContaining('line:2') } } });
  });
});
