import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GET } from '#app/i/[file]/route.ts';
import { openTestApi, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
beforeAll(async () => {
  api = await openTestApi();
  call = api.callerOf(await api.makeKey(await api.makeWorkspace('pictures')));
});
afterAll(() => api.close());

const picture = (background: string, width = 800) => sharp({ create: { width, height: 400, channels: 3, background } }).png().toBuffer();
const send = async (bytes: Buffer, query: Record<string, string> = {}, by = call) => by('POST', `/images?${new URLSearchParams({ fileName: 'Vitrine d’été.png', alt: 'Une vitrine', language: 'fr', ...query })}`, bytes);
const template = (path: string) => ({ name: 'Merci', content: { channel: 'email', variants: { fr: { subject: 'Merci', html: `<p><img src="${path}" alt="Une vitrine"></p>` } } } });

it('takes a picture in once, under whatever name it comes', async () => {
  const bytes = await picture('#aa0000');
  const first = await send(bytes);
  expect(first).toMatchObject({ status: 201, body: { name: 'Vitrine d’été.png', alt: { fr: 'Une vitrine' }, format: 'png', width: 800, height: 400, animated: false, uses: [] } });
  const again = await send(bytes, { fileName: 'copy.png', alt: 'A window', language: 'en' });
  expect(again).toMatchObject({ status: 200, body: { id: first.body['id'], name: 'Vitrine d’été.png', alt: { fr: 'Une vitrine', en: 'A window' } } });
});

it('asks for what is said of the picture, and says what is wrong with a file', async () => {
  expect(await send(await picture('#00aa00'), { alt: ' ' })).toMatchObject({ status: 422, body: { code: 'request.invalid', errors: [{ path: ['query', 'alt'] }] } });
  expect(await send(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toMatchObject({ status: 422, body: { code: 'image.svg' } });
  expect(await send(Buffer.alloc(10_500_000))).toMatchObject({ status: 413, body: { code: 'image.tooLarge' } });
  expect(await send(Buffer.from('hello'))).toMatchObject({ status: 422, body: { code: 'image.kind' } });
});

it('finds pictures by words of their name and of what is said of them, without accents', async () => {
  await send(await picture('#0000aa'), { fileName: 'robe.png', alt: 'Une robe à pois' });
  const found = async (search: string) => ((await call('GET', `/images?search=${encodeURIComponent(search)}`)).body['items'] as { name: string }[]).map(({ name }) => name);
  expect(await found('a POIS')).toEqual(['robe.png']);
  expect(await found('ete')).toEqual(['Vitrine d’été.png']);
  expect(await found('robe ete')).toEqual([]);
  expect(await found('%')).toHaveLength(2);
});

it('lets no picture go that a template shows, and keeps its files for the mails that left', async () => {
  const { body } = await send(await picture('#123456'));
  const { id, path } = body as { id: string; path: string };
  await call('PUT', '/templates/merci', template(path));
  expect((await call('GET', `/images/${id}`)).body['uses']).toEqual([{ kind: 'template', key: 'merci', name: 'Merci' }]);
  expect(await call('DELETE', `/images/${id}`)).toMatchObject({ status: 409, body: { code: 'image.inUse', detail: expect.stringContaining('«Merci»') } });
  await call('PUT', '/templates/merci', template('https://elsewhere.example/a.png'));
  expect(await call('DELETE', `/images/${id}`)).toMatchObject({ status: 200, body: { removed: true, kept: true } });
  expect((await call('GET', `/images/${id}`)).status).toBe(404);
  const [row] = await api.database<{ format: string }[]>`select format from read_image_file(${path.slice(3, 43)})`;
  expect(row).toEqual({ format: 'png' });
  // Whoever brings it again has it again.
  expect(await send(await picture('#123456'))).toMatchObject({ status: 200, body: { id } });
});

it('forgets a picture altogether that no template ever showed', async () => {
  const { body } = await send(await picture('#654321'));
  expect(await call('DELETE', `/images/${String(body['id'])}`)).toMatchObject({ status: 200, body: { kept: false } });
  expect(await api.database`select format from read_image_file(${String(body['path']).slice(3, 43)})`).toEqual([]);
});

it('brings the pictures of a template along into another workspace', async () => {
  const { body } = await send(await picture('#abcdef'));
  const theirs = api.callerOf(await api.makeKey(await api.makeWorkspace('theirs')));
  await theirs('PUT', '/templates/merci', template(String(body['path'])));
  const [adopted] = (await theirs('GET', '/images')).body['items'] as { path: string; name: string; files: unknown[]; uses: unknown[] }[];
  expect(adopted).toMatchObject({ path: body['path'], name: 'Une vitrine', uses: [{ key: 'merci' }] });
  expect(adopted?.files).toHaveLength(3);
  await call('DELETE', `/images/${String(body['id'])}`);
  expect(await api.database`select format from read_image_file(${String(body['path']).slice(3, 43)})`).toHaveLength(1);
});

it('answers a browser that has the file already without looking for it', async () => {
  const file = `${'a'.repeat(40)}.png`;
  const answer = await GET(new Request(`http://x/i/${file}`, { headers: { 'if-none-match': `W/"z", "${'a'.repeat(40)}"` } }), { params: Promise.resolve({ file }) });
  expect({ status: answer.status, etag: answer.headers.get('etag'), cache: answer.headers.get('cache-control') }).toEqual({ status: 304, etag: `"${'a'.repeat(40)}"`, cache: 'public, max-age=31536000, immutable' });
});
