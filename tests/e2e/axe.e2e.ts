import { expect, test } from '@playwright/test';
import { openBrandToLookAt, type Seen } from '#tests/e2e/looks/brand-to-look-at.ts';
import { ALL_LOOKS, findFaults, MANNERS, type Manner } from '#tests/e2e/looks/find-faults.ts';

let seen: Seen;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  seen = await openBrandToLookAt();
});

/** Each once, themes and languages alternating; `npm run drill -- axe` looks in all four manners. */
for (const [index, look] of ALL_LOOKS.entries()) {
  const manner = MANNERS[index % MANNERS.length] as Manner;
  test(`axe finds nothing on ${look.name} (${manner.language}, ${manner.theme})`, async ({ browser }) => {
    expect(await findFaults(browser, seen, look, manner)).toEqual([]);
  });
}
