import { expect, test } from '@playwright/test';
import { openBrandToLookAt, type Seen } from '#tests/e2e/looks/brand-to-look-at.ts';
import { ALL_LOOKS, findFaults, MANNERS, type Manner } from '#tests/e2e/looks/find-faults.ts';

let seen: Seen;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  seen = await openBrandToLookAt();
});

const ROUTES = [...new Set(ALL_LOOKS.map(({ route }) => route))];

/** Each once, themes and languages alternating from route to route; `npm run drill -- axe` looks in all four manners. */
for (const look of ALL_LOOKS) {
  const manner = MANNERS[ROUTES.indexOf(look.route) % MANNERS.length] as Manner;
  test(`axe finds nothing on ${look.name} (${manner.language}, ${manner.theme})`, async ({ browser }) => {
    expect(await findFaults(browser, seen, look, manner)).toEqual([]);
  });
}
