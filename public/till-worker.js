/**
 * Lets the till come up again after a reload without a network, and does nothing else: it is registered by the till alone, for /till, keeps that one page
 * and the files of the build that it was made of, and answers with the page only when the server cannot be reached. What is sent and read goes past it.
 */
const PREFIX = 'parcours-till-';
const PAGE = '/till';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Keeps the page as it is now and its files, then lets go of those of earlier builds. `version` is made of the names of the files, which are those of the build. */
async function keep({ version, files }) {
  const page = await fetch(PAGE, { credentials: 'same-origin' });
  if (!page.ok || page.redirected) return;
  const cache = await caches.open(PREFIX + version);
  for (const file of files) {
    if (await cache.match(file)) continue;
    const answer = await fetch(file);
    if (!answer.ok) return;
    await cache.put(file, answer);
  }
  await cache.put(PAGE, page);
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== PREFIX + version) await caches.delete(name);
}

self.addEventListener('message', (event) => {
  if (event.data?.kind === 'keep') event.waitUntil(keep(event.data).then(() => event.ports[0]?.postMessage('kept'), () => {}));
});

const kept = async (request) => (await caches.match(request, { ignoreVary: true })) ?? null;

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === PAGE) event.respondWith(fetch(request).catch(async (error) => (await kept(PAGE)) ?? Promise.reject(error)));
  else if (pathname.startsWith('/_next/static/')) event.respondWith(kept(request).then((answer) => answer ?? fetch(request)));
});
