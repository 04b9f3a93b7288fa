import { expect, test } from '@playwright/test';
import { expectSound, openBrand, walkIn, watchErrors, type Brand } from '#tests/e2e/open-brand.ts';

let brand: Brand;

test.beforeAll(async () => {
  brand = await openBrand('content');
  await brand.call('PUT', '/offers/welcome', { key: 'welcome', name: { en: 'Welcome', fr: 'Bienvenue' }, benefit: { kind: 'percentOff', percent: 10 }, validity: { days: 30 } });
  await brand.call('PUT', '/templates/hello', { name: 'Hello', content: { channel: 'email', variants: { fr: { subject: 'Bonjour {{ customer.firstName }}', mjml: '<mjml lang="fr"><mj-body><mj-section><mj-column><mj-text>Code {{ voucher.welcome.code }}</mj-text></mj-column></mj-section></mj-body></mjml>' } } } });
  await brand.call('POST', '/journeys', { formatVersion: 1, key: 'greeting', name: 'Greeting', entry: { trigger: { kind: 'event', event: { type: 'joined' } }, reentry: { mode: 'onceEver' }, next: 'mail' }, nodes: [{ id: 'mail', kind: 'sendEmail', settings: { templateKey: 'hello', category: 'promotion' } }] });
  await brand.call('PUT', '/customers', { identifiers: { email: 'ines@example.org' }, profile: { firstName: 'Inès', language: 'fr' } });
});

test('a marketer writes a template beside its preview, as a customer would read it, and saves a version', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/content/templates');
  await expectSound(page);
  await page.getByRole('link', { name: 'Hello' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByText('Bonjour Camille')).toBeVisible();
  await expect(page.frameLocator('iframe').getByText('K7QM-2XWA-9BTE')).toBeVisible();
  await expectSound(page);
  await preview.getByLabel('As customer').first().fill('Inès');
  await page.getByRole('option', { name: 'Inès' }).click();
  await expect(preview.getByText('Bonjour Inès')).toBeVisible();
  await page.getByLabel('Subject').fill('Bienvenue ');
  await page.getByRole('button', { name: 'Insert a variable' }).click();
  await page.getByRole('menuitem', { name: 'customer.firstName' }).click();
  await expect(preview.getByText('Bienvenue Inès')).toBeVisible();
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByText('Saved as version 2.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Used in' }).getByRole('link', { name: 'Greeting' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Versions' }).getByText(/Version 1/)).toBeVisible();
  expect(errors).toEqual([]);
});

test('a marketer writes a mail with a picture, a button and a points balance, previews it in French on a phone as a customer, and sends a test, which is in the mailbox', async ({ page }) => {
  const errors = watchErrors(page);
  await brand.call('PUT', '/programmes/points', { key: 'points', name: { en: 'Points', fr: 'Points' }, unit: 'points', earn: { base: { key: 'base', kind: 'perAmount', points: 1, perMinor: 100 } } });
  await walkIn(page, await brand.addPerson('owner'));
  await page.route('https://cdn.example.com/**', (route) => route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"/>' }));
  await page.goto('/content/templates/new?channel=email');
  await page.getByLabel('Name', { exact: true }).fill('Season');
  await page.getByLabel('Key').fill('season');
  await page.getByLabel('Subject').fill('La saison');
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.click();
  // The editor comes with the first sign of somebody at work, and goes on where they pressed.
  await expect(page.getByRole('toolbar', { name: 'Format' })).toBeVisible();
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Des manteaux {{ literally }} neufs.');
  const add = async (kind: string) => {
    await page.getByRole('list', { name: 'Blocks' }).getByRole('button', { name: 'Add a block' }).last().click();
    await page.getByRole('menuitem', { name: kind }).click();
  };
  await add('Picture');
  await page.getByLabel('Address of the picture').fill('https://cdn.example.com/coat.jpg');
  await page.getByLabel('What it shows').fill('Un manteau rouge');
  await add('Button');
  await page.getByLabel('Button label').fill('Voir les manteaux');
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('http://shop.example.com/manteaux');
  await add('Points balance');
  await page.getByLabel('Label below the number').fill('points sur votre carte');
  await page.getByRole('button', { name: 'Move up: Points balance (4)' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByText('This link is not encrypted; write https://: http://shop.example.com/manteaux')).toBeVisible();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('https://shop.example.com/manteaux');
  await expect(preview.getByText('Size, links and pictures are in order.')).toBeVisible();
  await preview.getByText('Phone', { exact: true }).click();
  await preview.getByLabel('As customer').first().fill('Inès');
  await page.getByRole('option', { name: 'Inès' }).click();
  const mail = page.frameLocator('iframe');
  await expect(mail.getByText('Bonjour Inès')).toBeVisible();
  await expect(mail.getByText('Des manteaux {{ literally }} neufs.')).toBeVisible();
  await expect(mail.getByRole('link', { name: 'Choisir ce que je reçois' })).toBeVisible();
  await expectSound(page);
  if (process.env['E2E_SHOTS']) await page.screenshot({ path: `${process.env['E2E_SHOTS']}/blocks.png`, fullPage: true });
  await preview.getByText('Plain text').click();
  await expect(preview.getByText('Voir les manteaux (https://shop.example.com/manteaux)')).toBeVisible();
  await preview.getByRole('button', { name: 'Send a test' }).click();
  await page.getByLabel('To which address').fill('proof@example.org');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('Sent to proof@example.org.')).toBeVisible();
  await page.getByRole('button', { name: 'Create template' }).click();
  await expect(page).toHaveURL(/\/content\/templates\/season$/);
  await page.goto('/mailbox');
  await expect(page.getByText('[Test] La saison')).toBeVisible();
  expect(errors).toEqual([]);
});

test('a marketer chooses products there are, sees the mail in the dark and in the other language, and writes its plain text by hand', async ({ page }) => {
  for (const [sku, en, fr, priceMinor] of [['coat', 'Red coat', 'Manteau rouge', 8_900], ['boots', 'Rain boots', 'Bottes de pluie', 2_990]] as const) await brand.call('PUT', `/products/${sku}`, { name: { en, fr }, priceMinor });
  const blocks = (text: string) => ({
    formatVersion: 1, look: { accent: '#2b5cad', background: '#f2f1ee', font: 'sans' }, footer: { text: '', preferences: 'Preferences' },
    blocks: [{ id: 'text', kind: 'text', text: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] } }, { id: 'shelf', kind: 'products', source: { from: 'event', most: 5 } }],
  });
  await brand.call('PUT', '/templates/shelf', { name: 'Shelf', content: { channel: 'email', variants: { en: { subject: 'For the rain', blocks: blocks('Dry feet') }, fr: { subject: 'Pour la pluie', blocks: blocks('Les pieds au sec') } } } });
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/content/templates/shelf');
  const preview = page.getByRole('region', { name: 'Preview' });
  const mail = page.frameLocator('iframe');
  await expect(mail.getByText('Dry feet')).toBeVisible();
  const background = () => mail.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  const light = await background();
  await preview.getByRole('switch', { name: 'Dark' }).check();
  await expect.poll(background).not.toBe(light);
  await preview.getByLabel('Language').selectOption('fr');
  await expect(mail.getByText('Les pieds au sec')).toBeVisible();
  await expect(preview.getByText('Pour la pluie')).toBeVisible();
  await preview.getByLabel('Language').selectOption('');

  await page.getByRole('combobox', { name: 'Choose products' }).or(page.getByRole('textbox', { name: 'Choose products' })).first().fill('boots');
  await page.getByRole('option', { name: 'Rain boots' }).click();
  await expect(page.getByRole('group', { name: 'Rain boots' }).getByText('€29.90')).toBeVisible();
  await expect(mail.getByText('Rain boots')).toBeVisible();
  await expectSound(page);

  await page.getByLabel('Write the plain text by hand').check();
  await page.getByLabel('Plain text', { exact: true }).first().fill('Boots at last.');
  await preview.getByText('Plain text').click();
  await expect(preview.locator('pre')).toHaveText('Boots at last.');
  await page.getByRole('button', { name: 'Save as a new version' }).click();
  await expect(page.getByText('Saved as version 2.')).toBeVisible();
  const { content } = await brand.call('GET', '/templates/shelf');
  expect(content).toMatchObject({ variants: { en: { text: 'Boots at last.', blocks: { blocks: [{ kind: 'text' }, { source: { from: 'catalogue', skus: ['boots'], perRow: 2 } }] } } } });
});

test('a marketer sees in how many parts an SMS leaves, and why', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/content/templates/new?channel=sms');
  await page.getByLabel('Name').fill('Rappel');
  await page.getByLabel('Key').fill('rappel');
  await page.getByLabel('Text').fill('Vos 10 % sont encore valables. STOP');
  await expect(page.getByText(/1 part, 35 characters of 160 in each/)).toBeVisible();
  await page.getByRole('button', { name: 'Short link' }).click();
  await page.getByLabel('Address').fill('https://shop.example.com/a/very/long/address/of/a/page/that/nobody/would/type');
  await page.getByRole('dialog').getByRole('button', { name: 'Short link' }).click();
  await expect(page.getByLabel('Text')).toHaveValue(/STOP\{\{ "https:\/\/shop\.example\.com\/[^"]+" \| short_link \}\}$/);
  await expect(page.getByRole('region', { name: 'Preview' }).getByText(/\/l\/x{30}/)).toBeVisible();
  await page.getByLabel('Text').fill(`Fête ${'a'.repeat(70)}`);
  await expect(page.getByText(/2 parts/)).toBeVisible();
  await expect(page.getByText('These characters leave room for 70 in a part only: ê')).toBeVisible();
  await expectSound(page);
  await page.getByRole('button', { name: 'Write ê plainly' }).click();
  await page.getByRole('button', { name: 'Add STOP' }).click();
  await expect(page.getByLabel('Text')).toHaveValue(`Fete ${'a'.repeat(70)} STOP`);
  await expect(page.getByText(/1 part, 80 characters/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Create template' }).click();
  await expect(page).toHaveURL(/\/content\/templates\/rappel$/);
});

test('a marketer filters messages, and the filter stands in the address', async ({ page }) => {
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/content/messages');
  await expect(page.getByText('No message yet')).toBeVisible();
  await page.getByLabel('Status').first().click();
  await page.getByRole('option', { name: 'Not sent' }).click();
  await expect(page).toHaveURL(/status=suppressed/);
  await expect(page.getByText('No message fits these filters')).toBeVisible();
  await expectSound(page);
});

test('a marketer makes an offer and a programme whose example reckons with it', async ({ page }) => {
  // Six pages are looked through for faults of accessibility, which takes a busy machine more than a minute.
  test.slow();
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('marketer'));
  await page.goto('/loyalty/offers/new');
  await page.getByLabel('Name (en)').fill('Ten euros off');
  await page.getByLabel('Key').fill('ten');
  await page.getByLabel('Gives').first().click();
  await page.getByRole('option', { name: 'An amount off' }).click();
  await page.getByLabel('Amount').fill('10');
  await page.getByRole('button', { name: 'Create offer' }).click();
  await expect(page).toHaveURL(/\/loyalty\/offers\/ten$/);
  await expect(page.getByText('No voucher was given yet')).toBeVisible();
  await expectSound(page);
  await page.goto('/loyalty/programmes/new');
  await page.getByLabel('Name (en)').first().fill('Club');
  await page.getByLabel('Key').first().fill('club');
  await page.getByRole('button', { name: 'Add a bonus' }).click();
  const example = page.getByRole('region', { name: 'Example' });
  await expect(example).toContainText('A purchase of €62.50 earns 124 points.');
  await page.getByRole('group', { name: 'Bonus bonus2' }).getByLabel('From a purchase of').fill('80');
  await expect(example).toContainText('A purchase of €62.50 earns 62 points.');
  await expect(example).toContainText('from €80.00; €17.50 are missing');
  await page.getByRole('button', { name: 'Create programme' }).click();
  await expect(page).toHaveURL(/\/loyalty\/programmes\/club$/);
  await expect(page.getByText('Balances and ledger agree; every movement sums to zero.')).toBeVisible();
  await expectSound(page);
  for (const address of ['/loyalty/offers', '/loyalty/programmes']) {
    await page.goto(address);
    await expect(page.getByRole('table')).toBeVisible();
    await expectSound(page);
  }
  expect(errors).toEqual([]);
});

test('an owner opens a store of a season', async ({ page }) => {
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/stores');
  await page.getByRole('button', { name: 'Open a store' }).first().click();
  await page.getByLabel('Name').fill('Marché de Noël 2020');
  await expect(page.getByLabel('Reference')).toHaveValue('marche-de-noel-2020');
  await page.getByLabel('Opens on').fill('2020-11-27');
  await page.getByLabel('Closes on').fill('2020-12-24');
  await page.getByRole('button', { name: 'Open store' }).click();
  await expect(page.getByRole('row', { name: /Marché de Noël 2020/ })).toContainText('Closed');
  await expectSound(page);
});

test('an owner loosens the pressure policy and sees an ordinary week change before saving', async ({ page }) => {
  const errors = watchErrors(page);
  await walkIn(page, await brand.addPerson('owner'));
  await page.goto('/settings/pressure');
  const week = page.getByRole('region', { name: 'An ordinary customer’s week' });
  await expect(week).toContainText('4 messages leave, 2 are refused.');
  await expect(week.getByRole('meter').first()).toHaveAttribute('aria-valuenow', '3');
  await expectSound(page);
  await page.getByRole('group', { name: 'Rule week' }).getByLabel('At most messages').fill('4');
  await expect(week).toContainText('5 messages leave, 1 is refused.');
  await page.getByRole('button', { name: 'Save policy' }).click();
  await expect(page.getByText('The policy is saved; whoever it held looks again.')).toBeVisible();
  expect(errors).toEqual([]);
});

test('whoever may only read sees the same pages without their buttons, in French too', async ({ page }) => {
  await walkIn(page, await brand.addPerson('viewer'), 'fr');
  await page.goto('/content/templates/hello');
  await expect(page.getByRole('heading', { name: 'Hello' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enregistrer une nouvelle version' })).toHaveCount(0);
  for (const [address, heading] of [['/loyalty/offers', 'Offres'], ['/stores', 'Points de vente'], ['/settings/pressure', 'Politique de pression'], ['/content/messages', 'Messages'], ['/content/templates', 'Modèles']]) {
    await page.goto(address ?? '');
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await expectSound(page);
  }
});
