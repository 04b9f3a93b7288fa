/** What the tests of the canvas share: a brand with a template and a programme, a journey to draw on, and how to read the page. */
import { expect, type Locator, type Page } from '@playwright/test';
import { openBrand, type Brand } from '#tests/e2e/open-brand.ts';

export async function openAtelier(name: string): Promise<Brand> {
  const brand = await openBrand(name);
  await brand.call('PUT', '/templates/hello', { name: 'Hello', content: { channel: 'email', variants: { fr: { subject: 'Bonjour', html: '<p>Bonjour</p>' } } } });
  await brand.call('PUT', '/programmes/points', { key: 'points', name: { fr: 'Club' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
  return brand;
}

export const waitStep = (id: string, hours: number, next: string | null, at: { x: number; y: number }): unknown =>
  ({ id, kind: 'wait', settings: { mode: 'duration', duration: { amount: hours, unit: 'hours' } }, next: next ? { next } : {}, position: at });

/** A journey of these steps, whose first follows the entry; answers its id. */
export async function makeJourney(brand: Brand, key: string, nodes: unknown[] = []): Promise<string> {
  const [first] = nodes as { id: string }[];
  const journey = await brand.call('POST', '/journeys', { formatVersion: 1, key, name: `Drawn: ${key}`, entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: first?.id ?? null }, nodes });
  return String(journey['id']);
}

/** Three waits in a row: of one, two and three hours. */
export const threeWaits = (): unknown[] => [waitStep('one', 1, 'two', { x: 0, y: 260 }), waitStep('two', 2, 'three', { x: 0, y: 440 }), waitStep('three', 3, null, { x: 0, y: 620 })];

export const card = (page: Page, id: string): Locator => page.locator(`.react-flow [data-card="${id}"]`);
export const cards = (page: Page): Locator => page.locator('.react-flow [data-card]');
/** A card with people here, passed and stopped, as its foot says them. */
export const footOf = (page: Page, sentence: string | RegExp): Locator => page.locator('.react-flow__node').filter({ hasText: sentence });
export const saved = (page: Page): Promise<void> => expect(page.locator('[data-saving]')).toHaveAttribute('data-saving', 'saved');

export async function openCanvas(page: Page, journeyId: string): Promise<void> {
  await page.goto(`/journeys/${journeyId}`);
  await expect(card(page, 'entry')).toBeVisible({ timeout: 30_000 });
}
