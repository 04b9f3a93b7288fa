/** Every dialog, and the states of a page that an action brings about, with the way to each. A test holds the list against the files that draw a dialog. */
import type { Page } from '@playwright/test';
import type { Look } from './look.ts';
import type { Say } from './say.ts';

type Open = (page: Page, say: Say) => Promise<void>;
const button = (page: Page, name: RegExp) => page.getByRole('button', { name }).first();
const press = (key: string): Open => async (page, say) => button(page, say(key)).click();
/** Opens a menu and takes something of it. */
const choose = (menu: string, item: string): Open => async (page, say) => {
  await button(page, say(menu)).click();
  await page.getByRole('menuitem', { name: say(item) }).click();
};

const SIGNED_IN = '(signed-in)';
const on = (route: string, name: string, shows: string[], open: Open, more: Partial<Look> = {}): Look => ({ name, route: SIGNED_IN + route, address: () => route, shows, open, ...more });
const onCanvas = (name: string, shows: string[], open: Open, more: Partial<Look> = {}): Look => ({ name, route: `${SIGNED_IN}/journeys/[id]`, address: ({ journeyId }) => `/journeys/${journeyId}`, shows, open, ...more });
const onCustomer = (name: string, shows: string[], open: Open): Look => ({ name, route: `${SIGNED_IN}/customers/[customerId]`, address: ({ customerId }) => `/customers/${customerId}`, shows, open });
const onDestination = (name: string, shows: string[], open: Open): Look => ({ name, route: `${SIGNED_IN}/settings/destinations/[destinationId]`, address: ({ destinationId }) => `/settings/destinations/${destinationId}`, shows, open });
const onConnector = (name: string, shows: string[], open: Open): Look => ({ name, route: `${SIGNED_IN}/settings/connectors/[connectorId]`, address: ({ connectorId }) => `/settings/connectors/${connectorId}`, shows, open });
const byKey = (key: string): Open => async (page) => {
  await page.locator('.react-flow [data-card="entry"]').focus();
  await page.keyboard.press(key);
};

/** The menu of the person who waits at the step. */
const openPerson: Open = async (page, say) => {
  await page.locator('.react-flow [data-card="wait"]').click();
  await page.getByRole('complementary', { name: say('canvas.inspector.label') }).getByRole('button', { name: new RegExp(`${say('canvas.header.more').source.slice(0, -1)}: `) }).first().click();
};

const readTried: Open = async (page, say) => {
  await button(page, say('try.open')).click();
  await page.getByText(say('try.anInvented')).click();
  await button(page, say('try.begin')).click();
  await button(page, say('try.toEnd')).click();
  await button(page, say('try.read')).click();
};

/** As if messages had waited too long while it was paused. */
const resumeLate: Open = async (page, say) => {
  await page.route('**/late-messages', (route) => route.fulfill({ json: { kept: 3, late: 2, asking: 0 } }));
  await choose('canvas.header.more', 'liveChanges.run.resume')(page, say);
};

/** As if live had one of the parts too, edited there. */
const promote: Open = async (page, say) => {
  await page.route('**/promotion/preview', async (route) => {
    const journeyId = /journeys\/(\w+)\//.exec(route.request().url())?.[1] ?? '';
    const { draft } = (await (await page.request.get(`/api/v1/journeys/${journeyId}`)).json()) as { draft: { nodes: unknown[] } };
    const part = { key: 'thanks', name: 'Thanks', mayTake: true, scope: 'content:write' };
    await route.fulfill({ json: {
      live: { id: 'wsp_00000000000000000000000000', name: 'Les Petits' }, revision: 2, last: null, journey: { before: { ...draft, nodes: draft.nodes.slice(0, 1) }, after: draft, liveJourneyId: null, liveStatus: 'live' },
      parts: [{ ...part, kind: 'journey', state: 'changed', side: 'sandbox', before: null, after: '' }, { ...part, kind: 'template', state: 'conflict', side: null, before: 'a\nb', after: 'a\nc' }, { ...part, kind: 'offer', state: 'new', side: 'sandbox', before: null, after: 'a' }],
      missing: [{ code: 'sender.missing', figures: {}, message: '', blocks: true }, { code: 'promotion.stores', figures: { names: 'nice' }, message: '', blocks: false }],
    } });
  });
  await choose('canvas.header.more', 'promotion.open')(page, say);
  await button(page, say('promotion.showNamed')).click();
};

export const DIALOG_LOOKS: readonly Look[] = [
  on('/stores', 'open a store', ['stores/store-form.tsx'], press('stores.new')),
  on('/tills', 'add a till', ['tills/add-till.tsx'], press('tills.add')),
  on('/tills', 'the code of a till', ['tills/till-code-dialog.tsx'], choose('tills.actionsNamed', 'tills.newCode')),
  on('/tills', 'rename a till', ['tills/rename-till.tsx'], choose('tills.actionsNamed', 'tills.rename')),
  on('/tills', 'revoke a till', ['tills/till-line.tsx', 'ui/confirm-with-numbers.tsx'], choose('tills.actionsNamed', 'tills.revoke')),
  on('/tills', 'somebody at the tills', ['tills/staff-form.tsx'], press('tills.addStaff')),
  on('/tills', 'take somebody away from the tills', ['tills/staff-line.tsx'], async (page, say) => {
    await page.getByRole('button', { name: say('tills.actionsNamed') }).last().click();
    await page.getByRole('menuitem', { name: say('tills.staffRemove') }).click();
  }),
  { name: 'take a joining poster out of use', route: `${SIGNED_IN}/tills/[store]/poster`, address: () => '/tills/lyon/poster', shows: ['tills/joining-poster.tsx', 'ui/confirm-with-numbers.tsx'], open: press('tills.poster.close') },
  { name: 'a camera that may not be used', route: '/till', address: () => '/till', shows: ['till/camera-scan.tsx'], open: press('till.camera.open') },
  on('/places', 'add a place', ['places/place-form.tsx'], press('places.new')),
  on('/places', 'close a place', ['places/places-page.tsx', 'ui/confirm-with-numbers.tsx'], choose('places.actionsNamed', 'places.close')),
  { name: 'take an import away', route: `${SIGNED_IN}/customers/imports/[importId]`, address: ({ importId }) => `/customers/imports/${importId}`, shows: ['imports/import-page.tsx', 'ui/confirm-with-numbers.tsx'], open: press('imports.delete') },
  on('/content/products', 'add a product', ['products/product-form.tsx'], press('products.new')),
  on('/content/images', 'a picture', ['images/image-form.tsx'], async (page) => page.locator('main button:has(img)').first().click()),
  on('/content/images', 'take a picture out', ['images/image-form.tsx', 'ui/confirm-with-numbers.tsx'], async (page, say) => {
    await page.locator('main button:has(img)').first().click();
    await button(page, say('images.remove')).click();
  }),
  on('/content/templates/new', 'pick a picture', ['images/image-picker.tsx'], async (page, say) => {
    await page.getByRole('textbox', { name: say('blocks.kinds.text') }).click();
    await button(page, say('blocks.add')).click();
    await page.getByRole('menuitem', { name: say('blocks.kinds.picture') }).click();
    await button(page, say('blocks.picture.library')).click();
    await page.locator('[role="dialog"] button:has(img)').first().waitFor();
  }),
  on('/content/templates/new', 'send a test', ['templates/test-dialog.tsx'], press('templates.test.open')),
  on('/events', 'the last sample of an event', ['events/event-types-table.tsx'], press('events.sampleOf')),
  on('/events', 'an event of the brand', ['events/announce-form.tsx'], async (page, say) => {
    await page.getByRole('tab', { name: say('events.tabs.business') }).click();
    await button(page, say('events.business.announce')).click();
  }),
  on('/events', 'an event without effect', ['events/quarantined-events.tsx'], async (page, say) => {
    await page.getByRole('tab', { name: say('events.tabs.quarantined') }).click();
    await button(page, /^far$/).click();
  }),
  on('/settings/workspace', 'the other workspace', ['settings/workspace-pair.tsx'], press('promotion.pair.makeLive')),
  on('/settings/senders', 'a sender', ['settings/sender-form.tsx'], press('settings.senders.change')),
  on('/settings/senders', 'the sender of a store', ['settings/store-senders.tsx'], press('settings.storeSenders.add')),
  on('/settings/senders', 'test a sender', ['settings/sender-test.tsx'], press('settings.senders.testNamed')),
  on('/settings/members', 'invite somebody', ['settings/invite-form.tsx'], press('settings.members.invite.open')),
  on('/settings/members', 'add a member', ['settings/member-form.tsx'], press('settings.members.add')),
  on('/settings/members', 'remove a member', ['settings/members.tsx', 'ui/confirm-with-numbers.tsx'], choose('settings.members.actions', 'settings.members.remove')),
  on('/settings/keys', 'create a key', ['settings/create-key.tsx'], press('settings.keys.create')),
  on('/settings/keys', 'revoke a key', ['settings/api-keys.tsx'], press('settings.keys.revokeNamed')),
  on('/settings/secrets', 'add a secret', ['settings/secrets-page.tsx'], press('settings.secrets.new')),
  on('/settings/connectors', 'add a connector', ['webhooks/connector-form.tsx'], press('webhooks.connectors.new')),
  onConnector('a post in quarantine', ['webhooks/post-log.tsx'], async (page) => page.getByRole('table').getByRole('button').first().click()),
  onConnector('the secret of a shop', ['webhooks/connector-page.tsx'], choose('webhooks.connectors.more', 'webhooks.connectors.changeSecret')),
  on('/settings/destinations', 'add a destination', ['webhooks/destination-form.tsx'], press('webhooks.destinations.new')),
  onDestination('an attempt of a webhook', ['webhooks/webhook-log.tsx'], async (page) => page.getByRole('table').getByRole('button').first().click()),
  onDestination('another secret', ['webhooks/rotate-secret.tsx'], choose('webhooks.destinations.more', 'webhooks.destinations.rotate')),
  onDestination('take a destination away', ['webhooks/destination-page.tsx', 'ui/confirm-with-numbers.tsx'], choose('webhooks.destinations.more', 'webhooks.destinations.delete')),
  on('/account', 'change the password', ['frame/change-password.tsx'], press('frame.password.title')),
  on('/account', 'add a passkey', ['account/passkeys-section.tsx', 'ui/confirm-with-numbers.tsx'], press('account.passkeys.add')),
  on('/customers', 'search and commands', ['frame/command-palette.tsx'], press('frame.search')),
  on('/customers', 'the rail as a drawer', ['frame/rail-drawer.tsx'], press('frame.openNavigation'), { width: 320 }),
  onCustomer('a task for the customer', ['tasks/add-task.tsx'], press('tasks.add')),
  on('/tasks', 'how a task ended', ['tasks/close-task.tsx'], press('tasks.closeNamed')),
  onCustomer('a relative', ['customers/relative-form.tsx', 'customers/row-modal.tsx'], press('customers.rows.relatives.add')),
  onCustomer('a contract', ['customers/contract-form.tsx', 'customers/row-modal.tsx'], press('customers.rows.contracts.add')),
  on('/journeys', 'stop a journey of the list', ['journeys/journey-menu.tsx'], choose('journeys.actions', 'journeys.stop.menu')),
  onCanvas('stop the journey', ['canvas/run-menu.tsx'], choose('canvas.header.more', 'canvas.header.stop')),
  onCanvas('resume with late messages', ['canvas/resume-dialog.tsx'], resumeLate, { address: ({ pausedId }) => `/journeys/${pausedId}` }),
  { name: 'send a proof', route: `${SIGNED_IN}/content/templates/[key]`, address: () => '/content/templates/short', shows: ['proofs/proof-dialog.tsx'], open: press('proofs.open') },
  { name: 'write in a ready mail', route: `${SIGNED_IN}/content/templates/[key]`, address: () => '/content/templates/ready-first-purchase', open: async (page, say) => {
    await page.getByRole('textbox', { name: say('blocks.kinds.text') }).click();
    await page.locator('[contenteditable] a').first().waitFor();
  } },
  onCanvas('promote to live', ['promotion/promote-dialog.tsx'], promote),
  onCanvas('publish', ['canvas/publish-dialog.tsx'], press('canvas.header.publish')),
  onCanvas('take somebody out', ['canvas/people-panel.tsx'], async (page, say) => {
    await openPerson(page, say);
    await page.getByRole('menuitem', { name: say('canvas.people.remove') }).click();
  }),
  onCanvas('a message that was tried', ['canvas/try/tried-message.tsx'], readTried),
  onCanvas('find a step', ['canvas/designer-overlays.tsx', 'canvas/picker-dialog.tsx'], byKey('Control+f')),
  onCanvas('actions', ['canvas/designer-overlays.tsx', 'canvas/picker-dialog.tsx'], byKey('Control+k')),
  onCanvas('the sheet of shortcuts', ['canvas/designer-overlays.tsx'], byKey('?')),
  onCanvas('export', ['canvas/export-dialog.tsx'], byKey('e')),
  onCanvas('compare versions', ['canvas/compare-dialog.tsx'], async (page, say) => {
    await byKey('v')(page, say);
    await button(page, say('canvas.version.compare')).click();
  }),
  onCanvas('details as a drawer', ['canvas/designer.tsx'], async (page) => { await page.locator('[data-outline="wait"]').first().click(); }, { width: 320 }),
];
