/** The till's page as the browser keeps it for when the network is gone: made by `public/till-worker.js`, and let go of when the person or the workspace changes. */
const PREFIX = 'parcours-till-';
const WORKER = '/till-worker.js';
const SCOPE = '/till';

/** Content-hashed files of the build that this page was made of; their names together are the version of what is kept. */
function filesOfPage(): string[] {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const named = [...document.querySelectorAll('script[src], link[href]')].map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? '');
  const addresses = [...loaded, ...named].map((address) => new URL(address, window.location.origin)).filter(({ origin, pathname }) => origin === window.location.origin && pathname.startsWith('/_next/static/'));
  return [...new Set(addresses.map(({ pathname, search }) => pathname + search))].sort();
}

async function versionOf(files: readonly string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(files.join('\n')));
  return [...new Uint8Array(digest)].slice(0, 8).map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Keeps the page. Where there is no service worker (an address without TLS) the till works until it is reloaded, as before. */
export async function keepTillPage(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
  const { active } = await navigator.serviceWorker.ready;
  const files = filesOfPage();
  active?.postMessage({ kind: 'keep', version: await versionOf(files), files });
}

/** The page names who is signed in and where: nobody else may find it. */
export async function forgetTillPage(): Promise<void> {
  if (!('caches' in window)) return;
  for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name);
}
