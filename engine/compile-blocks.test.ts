import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmailDocument, type EmailBlock, type LeafBlock } from '#domain/messages/email-blocks.ts';
import { plainText } from '#domain/messages/plain-text.ts';
import type { Inline } from '#domain/messages/rich-text.ts';
import { compileTemplate } from '#engine/compile-template.ts';
import { openRenderer } from '#engine/render-message.ts';

const FACTS = {
  customer: { firstName: 'Zoé & <b>', lastName: null }, balances: { points: 120 }, voucher: { 'summer-gift': { code: 'K7QM', validUntil: '2026-12-24T10:00:00+01:00' } },
  event: { type: 'purchase', properties: { lines: [{ sku: 'coat', quantity: 2, name: 'A "coat"', picture: 'https://cdn.test/coat.jpg?a=1&b=2', url: 'https://shop.test/coat' }, { sku: 'hat' }], amountMinor: 4_990 } }, brand: { name: 'Lutin' }, links: { preferences: 'https://x.test/u/1' }, vouchers: [], variables: {}, products: { coat: { sku: 'coat', name: 'Red <coat>', price: '€89.00', picture: '/i/' + 'a'.repeat(40) + '.png', url: 'https://shop.test/coat?a=1&b=2' }, hat: { sku: 'hat', name: 'Hat', price: '€9.00', picture: null, url: null } }, now: '2026-11-23T10:00:00+01:00', balance: 120,
};

const documentOf = (...blocks: EmailBlock[]): EmailDocument => ({ formatVersion: 1, look: { accent: '#b4532a', background: '#f6f1e7', font: 'serif' }, blocks, footer: { text: 'Lutin, Lyon', preferences: 'Choose' } });

async function read(document: EmailDocument, facts: Record<string, unknown> = FACTS): Promise<{ html: string; text: string }> {
  const compiled = await compileTemplate({ channel: 'email', variants: { en: { subject: 'Hello', blocks: EmailDocument.parse(document) } } });
  if (!compiled.ok || compiled.value.channel !== 'email') throw new Error(JSON.stringify(compiled));
  const renderer = openRenderer();
  const variant = compiled.value.variants['en'];
  const rendered = await renderer.render({ parts: { html: { source: variant?.html ?? '', escape: 'html' }, text: { source: variant?.text ?? '', escape: 'none' } }, language: 'en', variables: facts });
  await renderer.close();
  if (!rendered.ok) throw new Error(rendered.message);
  return { html: rendered.parts['html'] ?? '', text: rendered.parts['text'] ?? '' };
}

const words = fc.oneof(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }), fc.constantFrom('{{ customer.firstName }}', '{% if x %}', '</mj-text><script>alert(1)</script>', '{', '"><img src=x onerror=y>', '{{{', '<!--', '&amp;', '{{ "', '%}', ']]>'));
const mark = fc.constantFrom({ type: 'bold' as const }, { type: 'italic' as const }, { type: 'link' as const, attrs: { href: 'https://shop.test/a?b=1&c=2' } });
const inline: fc.Arbitrary<Inline> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: words, marks: fc.array(mark, { maxLength: 2 }) }),
  fc.record({ type: fc.constant('variable' as const), attrs: fc.record({ name: fc.constantFrom('customer.firstName', 'customer.nobody', 'voucher.summer-gift.validUntil', 'event.properties.amountMinor', 'event.properties.a.b'), fallback: fc.oneof(fc.constant(''), words) }) }),
  fc.constant({ type: 'hardBreak' as const }),
);
const id = fc.nat().map(String);
const when = fc.option(fc.constantFrom<NonNullable<EmailBlock['when']>>({ kind: 'known', variable: 'customer.nobody' }, { kind: 'unknown', variable: 'customer.lastName' }, { kind: 'equals', variable: 'customer.firstName', value: "d'Anna" }, { kind: 'points', programme: 'points', atLeast: 100 }, { kind: 'voucher', offer: 'none' }), { nil: undefined });
const base = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record({ id, ...fields }).chain((block) => when.map((each) => (each ? { ...block, when: each } : block)));
const line = words.map((text) => text.slice(0, 200));
const leaf = fc.oneof(
  base({ kind: fc.constant('text'), align: fc.constantFrom('left', 'center'), text: fc.array(inline, { maxLength: 4 }).map((content) => plainText(...content)) }),
  base({ kind: fc.constant('picture'), url: fc.constant('https://cdn.test/a.png'), alt: line, widthPercent: fc.integer({ min: 10, max: 100 }) }),
  base({ kind: fc.constant('button'), label: line, href: fc.constantFrom('https://shop.test/?a=1', '{{ links.preferences }}', 'mailto:a@b.test') }),
  base({ kind: fc.constant('points'), programme: fc.constantFrom('points', 'none'), label: line }),
  base({ kind: fc.constant('voucher'), offer: fc.constantFrom('summer-gift', 'none'), title: line, validLabel: line.map((text) => text.slice(0, 60)) }),
  base({ kind: fc.constant('divider') }),
) as fc.Arbitrary<LeafBlock>;
const block = fc.oneof(
  { weight: 3, arbitrary: leaf },
  { weight: 1, arbitrary: base({ kind: fc.constant('columns'), columns: fc.array(fc.array(leaf, { maxLength: 2 }), { minLength: 2, maxLength: 3 }) }) },
  { weight: 1, arbitrary: base({ kind: fc.constant('products'), source: fc.oneof(fc.constant({ from: 'event', most: 3 }), fc.record({ from: fc.constant('catalogue'), skus: fc.array(fc.constantFrom('coat', 'hat', 'gone', 'a b/c.d'), { minLength: 1, maxLength: 5 }), perRow: fc.integer({ min: 1, max: 3 }) }), fc.record({ from: fc.constant('chosen'), perRow: fc.integer({ min: 1, max: 3 }), products: fc.array(fc.record({ sku: fc.constant('a'), name: line }), { minLength: 1, maxLength: 4 }) })) }) },
) as fc.Arbitrary<EmailBlock>;

describe('an e-mail of blocks', () => {
  it('compiles and renders whatever is in it, for whomever, and nothing typed becomes markup or code', async () => {
    await fc.assert(fc.asyncProperty(fc.array(block, { minLength: 1, maxLength: 4 }), fc.constantFrom(FACTS, { ...FACTS, event: null, voucher: {}, balances: {} }), async (blocks, facts) => {
      const { html } = await read(documentOf(...blocks), facts);
      // What stands between quotes is a value, never markup.
      expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|<[a-z][^>]*\bonerror\b|<mj-/i);
      expect(html).toContain('href="https://x.test/u/1"');
    }), { numRuns: 60 });
  }, 120_000);

  it('fills in what is known of the reader, escaped, and says the fallback where nothing is', async () => {
    const name = (variable: string): EmailBlock => ({ id: '1', kind: 'text', align: 'left', text: plainText({ type: 'text', text: 'Dear {{ you }} ' }, { type: 'variable', attrs: { name: variable, fallback: 'friend' } }) });
    expect((await read(documentOf(name('customer.firstName')))).html).toContain('Dear {{ you }} Zoé &amp; &lt;b&gt;');
    expect((await read(documentOf(name('customer.lastName')))).html).toContain('Dear {{ you }} friend');
    expect((await read(documentOf(name('event.properties.amountMinor')))).text).toContain('Dear {{ you }} 49.9');
  });

  it('shows points, the voucher that was given, and the lines of the purchase in hand', async () => {
    const { html, text } = await read(documentOf({ id: '1', kind: 'points', programme: 'points', label: 'points' }, { id: '2', kind: 'voucher', offer: 'summer-gift', title: 'For you', validLabel: 'until' }, { id: '3', kind: 'products', source: { from: 'event', most: 5 } }));
    expect(text).toMatch(/120\s+points/);
    expect(html).toContain('K7QM');
    expect(text).toContain('until 24/12/2026');
    expect(html).toContain('A &#34;coat&#34;');
    expect(html).toContain('src="https://cdn.test/coat.jpg?a=1&amp;b=2"');
    expect(html).toContain('href="https://shop.test/coat"');
    expect(text).toContain('× 2');
  });

  it('§13.2 shows products of the catalogue as they are at hand-over, and closes the ranks where one cannot be bought', async () => {
    const shelf = (skus: string[], perRow: number): EmailBlock => ({ id: '1', kind: 'products', source: { from: 'catalogue', skus, perRow } });
    const { html, text } = await read(documentOf(shelf(['gone', 'coat', 'hat'], 2)));
    expect(html).toContain('Red &lt;coat&gt;');
    expect(html).toContain('href="https://shop.test/coat?a=1&amp;b=2"');
    expect(text).toMatch(/Red <coat>[\s\S]*€89\.00[\s\S]*Hat[\s\S]*€9\.00/);
    // Both stand in one row: the one that is gone left no hole.
    expect(html.match(/<tr><td class="product"/g)).toHaveLength(1);
    expect(html.match(/<td class="product"/g)).toHaveLength(2);
    expect((await read(documentOf(shelf(['coat', 'hat'], 1)))).html.match(/<tr><td class="product"/g)).toHaveLength(2);
    expect((await read(documentOf({ id: '0', kind: 'divider' }, shelf(['gone'], 3)))).html).not.toContain('class="product"');
    expect(EmailDocument.safeParse(documentOf(shelf(['a"] %}'], 1))).success).toBe(false);
  });

  it('leaves a block out for those whom its condition does not mean', async () => {
    const rich = (atLeast: number): EmailDocument => documentOf({ id: '1', kind: 'button', label: 'For the loyal', href: 'https://shop.test/', when: { kind: 'points', programme: 'points', atLeast } });
    expect((await read(rich(100))).html).toContain('For the loyal');
    expect((await read(rich(200))).html).not.toContain('For the loyal');
  });

  it('has no footer without the way to choose what one receives (§6.5)', () => {
    expect(EmailDocument.safeParse({ ...documentOf({ id: '1', kind: 'divider' }), footer: { text: 'Lutin', preferences: '' } }).success).toBe(false);
  });
});
