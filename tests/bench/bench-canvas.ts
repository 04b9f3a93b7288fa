/** The canvas with 500 steps, and first loads: the JavaScript of every signed-in page and of the canvas, over the production build, as a browser fetches it. */
import type { OwnStack } from '#bin/own-stack.ts';
import { isFastEnough, measureCanvasSpeed, type CanvasSpeed } from '#tests/bench/canvas-speed.ts';
import { addressesIn, measureFirstLoads, openChromium, type FirstLoad } from '#tests/bench/first-load.ts';
import { openBrand } from '#tests/e2e/open-brand.ts';

export async function benchCanvas({ addresses }: OwnStack): Promise<{ speed: CanvasSpeed; firstLoad: Record<string, FirstLoad>; withinLimits: boolean }> {
  Object.assign(process.env, { E2E_BASE_URL: addresses.baseUrl, E2E_VENDOR_SERVER_URL: addresses.vendorServerUrl, E2E_DATABASE_URL: addresses.databaseUrl });
  const brand = await openBrand('first-load');
  const owner = await brand.addPerson('owner');
  const browser = await openChromium();
  try {
    const speed = await measureCanvasSpeed(browser, brand);
    const firstLoad = await measureFirstLoads(browser, owner, await addressesIn(brand));
    return { speed, firstLoad, withinLimits: isFastEnough(speed) && Object.values(firstLoad).every(({ kB, limitKb }) => kB <= limitKb) };
  } finally {
    await browser.close();
  }
}
