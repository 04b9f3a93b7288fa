import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { brandFoot, brandLogo, brandStyle } from '#app/brand-head.ts';
import { DEFAULT_BRAND_KIT } from '#domain/brand/brand-facts.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('kits')));
});
afterAll(() => api.close());

it('keeps the brand kit, says what should be looked at, and keeps its logo in the library', async () => {
  expect((await call('GET', '/brand-kit')).body).toEqual({ kit: DEFAULT_BRAND_KIT, findings: [{ what: 'noAddress', figures: {} }] });
  const logo = await sharp({ create: { width: 300, height: 100, channels: 4, background: '#1f3a5f80' } }).png().toBuffer();
  const { id, path } = (await call('POST', '/images?fileName=logo.png&alt=Lutin&language=fr', logo)).body as { id: string; path: string };
  const kit = { ...DEFAULT_BRAND_KIT, logo: { path, alt: 'Lutin' }, colours: { accent: '#ffe14d', background: '#ffffff' }, address: '3 rue des Lutins, Lyon' };
  expect(await call('PUT', '/brand-kit', kit)).toMatchObject({ status: 200, body: { kit, findings: [{ what: 'accentOnPaper' }] } });
  expect((await call('GET', '/brand-kit')).body['kit']).toEqual(kit);
  expect((await call('GET', `/images/${id}`)).body['uses']).toEqual([{ kind: 'brandKit', key: 'brand', name: 'Les Petits' }]);
  expect(await call('DELETE', `/images/${id}`)).toMatchObject({ status: 409, body: { code: 'image.inUse' } });
  expect(await call('PUT', '/brand-kit', { ...kit, colours: { accent: 'red', background: '#ffffff' } })).toMatchObject({ status: 422, body: { errors: [{ path: ['body', 'colours', 'accent'] }] } });
});

it('shows on customers’ pages who the brand is, escaped, with buttons that can be read', () => {
  const kit = { ...DEFAULT_BRAND_KIT, logo: { path: `/i/${'a'.repeat(40)}.png`, alt: 'A "logo"' }, colours: { accent: '#ffe14d', background: '#ffffff' }, legal: { fr: 'Lutin <SAS>' }, address: 'Lyon', social: [{ network: 'instagram' as const, url: 'https://www.instagram.com/lutin?a=1&b=2' }] };
  expect(brandLogo(kit)).toBe(`<img class="logo" src="/i/${'a'.repeat(40)}.png" alt="A &#34;logo&#34;">`);
  expect(brandFoot(kit, 'en', 'fr')).toBe('<footer class="about"><p>Lutin &#60;SAS&#62;</p><p>Lyon</p><a href="https://www.instagram.com/lutin?a=1&#38;b=2" rel="noreferrer">Instagram</a></footer>');
  expect(brandStyle(kit)).toContain('color:#1c1c1c');
  expect(brandFoot(DEFAULT_BRAND_KIT, 'fr', 'fr')).toBe('');
});
