/** The axe drill: every route and every dialog, in both languages, light and dark. */
import { openBrandToLookAt } from '#tests/e2e/looks/brand-to-look-at.ts';
import { ALL_LOOKS, findFaults, MANNERS } from '#tests/e2e/looks/find-faults.ts';
import { openChromium } from '#tests/bench/first-load.ts';
import type { OwnStack } from '#bin/own-stack.ts';

/** A page that cannot be opened is a fault too. */
export async function runAxeDrill({ addresses }: Pick<OwnStack, 'addresses'>, say: (line: string) => void): Promise<{ looks: number; analyses: number; faults: string[] }> {
  Object.assign(process.env, { E2E_BASE_URL: addresses.baseUrl, E2E_VENDOR_SERVER_URL: addresses.vendorServerUrl, E2E_DATABASE_URL: addresses.databaseUrl });
  const seen = await openBrandToLookAt();
  const browser = await openChromium();
  const faults: string[] = [];
  try {
    for (const manner of MANNERS) {
      for (const look of ALL_LOOKS) {
        faults.push(...await findFaults(browser, seen, look, manner).catch((error: unknown) => [`${look.name} (${manner.language}, ${manner.theme}): ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}`]));
      }
      say(`${manner.language}, ${manner.theme}: ${ALL_LOOKS.length} looked at, ${faults.length} faults so far.`);
    }
  } finally {
    await browser.close();
  }
  return { looks: ALL_LOOKS.length, analyses: ALL_LOOKS.length * MANNERS.length, faults };
}
