import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inWorkspace, type Transaction } from '#db/connection.ts';
import { formatId, parseId } from '#domain/shared/ids.ts';
import { importJourney } from '#engine/commands/import-journey.ts';
import { landRows } from '#engine/imports/land-rows.ts';
import { runImport } from '#engine/imports/run-import.ts';
import { routeOnce } from '#engine/route-events.ts';
import { runInWorkspace } from '#engine/run-command.ts';
import { openTestApi, type Answered, type Call, type TestApi } from '#tests/harness/test-api.ts';

let api: TestApi;
let call: Call;
let workspaceId: string;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(() => api.close());

let number = 0;
/** A brand of its own for each group, with a store. */
async function open(): Promise<void> {
  workspaceId = await api.makeWorkspace(`files-${number += 1}`, { standsAt: Date.UTC(2026, 5, 16, 8) });
  call = api.callerOf(await api.makeKey(workspaceId));
  expect((await call('PUT', '/stores/lyon', { name: 'Lyon', country: 'FR', timeZone: 'Europe/Paris' })).status).toBe(201);
}

const upload = (kind: string, file: string | Uint8Array): Promise<Answered> => call('POST', `/imports?kind=${kind}&fileName=list.csv`, file, { 'content-type': 'text/csv' });
const idOf = ({ body }: Answered): string => String(body['id']);
const uuidOf = (answered: Answered): string => parseId('import', idOf(answered)) ?? '';
const read = async <T extends object>(ask: (transaction: Transaction) => Promise<readonly T[]>): Promise<T[]> => [...(await inWorkspace(api.database, workspaceId, ask))];

/** Takes the file in, starts it with these settings, and runs it to its end as the workflow does. */
async function bring(kind: string, file: string | Uint8Array, settings: Record<string, unknown> = {}): Promise<Answered> {
  const taken = await upload(kind, file);
  expect(taken.status, JSON.stringify(taken.body)).toBe(201);
  const { fields, settings: guessed } = taken.body as { fields: unknown; settings: Record<string, unknown> };
  expect((await call('PUT', `/imports/${idOf(taken)}`, { fields, settings: { ...guessed, ...settings } })).status).toBe(200);
  expect((await call('POST', `/imports/${idOf(taken)}/start`, {})).status).toBe(202);
  await runImport(api.engine, { workspaceId, importId: uuidOf(taken) });
  return call('GET', `/imports/${idOf(taken)}`);
}

describe('a file of customers', () => {
  const FILE = ['Code client;Prénom;Nom;E-mail;Téléphone;Date de naissance;Magasin;Newsletter;Date optin', 'C1;Zoé;Lefèvre;ZOE@example.org;06 12 34 56 78;31/01/1985;lyon;oui;02/03/2024', 'C2;Léa;Noël;lea@example.org;;12/13/1990;;;', 'C3;Ana;;;0612;;;;', 'C4;Ida;;ida@example.org;;;nowhere;;'].join('\r\n');

  beforeAll(open);

  it('is read in Windows-1252 with semicolons, mapped by its headings, and shown as it would land before anything is written', async () => {
    const taken = await upload('customers', Buffer.from(FILE, 'latin1'));
    expect(taken.body).toMatchObject({ encoding: 'windows-1252', delimiter: ';', rows: 4, state: 'ready', fields: ['externalId', 'firstName', 'lastName', 'email', 'phone', 'birthDate', 'store', 'consent.email', 'consentAt'], settings: { dates: 'dmy', known: 'update', startsJourneys: false } });
    const { rows } = (await call('POST', `/imports/${idOf(taken)}/preview`, {})).body as { rows: Record<string, unknown>[] };
    expect(rows[0]).toMatchObject({ line: 2, known: false, values: ['C1', 'Zoé', 'Lefèvre', 'zoe@example.org', '+33612345678', '1985-01-31', 'lyon', true, Date.UTC(2024, 2, 2, 11)], problems: [] });
    expect(rows[1]).toMatchObject({ line: 3, problems: [{ column: 5, code: 'import.dateDmy' }] });
    expect(await read((transaction) => transaction`select 1 from customers`)).toHaveLength(0);
    expect((await call('DELETE', `/imports/${idOf(taken)}`)).status).toBe(200);
    expect(await read((transaction) => transaction`select 1 from import_rows`)).toHaveLength(0);
  });

  it('creates who is new, keeps consents with source and date, and tells line, column and reason of what it refuses', async () => {
    const done = await bring('customers', Buffer.from(FILE, 'latin1'), { consentSource: 'old till' });
    expect(done.body).toMatchObject({ state: 'done', done: 4, counts: { created: 1, refused: 3, 'consents.kept': 1 } });
    expect(await read((transaction) => transaction`select profile ->> 'firstName' as name, profile ->> 'birthDate' as born from customers`)).toEqual([{ name: 'Zoé', born: '1985-01-31' }]);
    expect(await read((transaction) => transaction`select purpose, channel, state, source, at from consents`)).toEqual([{ purpose: 'marketing', channel: 'email', state: 'granted', source: 'old till', at: new Date('2024-03-02T11:00:00Z') }]);
    const refused = await call('POST', `/imports/${idOf(done)}/refused`, { language: 'fr' });
    expect(String(refused.body['csv']).replaceAll('\u00a0', ' ').split('\r\n')).toEqual([
      'Ligne,Colonnes,Raison,Code client,Prénom,Nom,E-mail,Téléphone,Date de naissance,Magasin,Newsletter,Date optin',
      '3,Date de naissance,Ce n’est pas une date écrite jour/mois/année.,C2,Léa,Noël,lea@example.org,,12/13/1990,,,',
      '4,Téléphone,"Ce n’est pas un numéro de téléphone, ni international ni du pays FR.",C3,Ana,,,0612,,,,',
      '5,Magasin,Il n’y a pas de point de vente « nowhere » : créez-le d’abord.,C4,Ida,,ida@example.org,,,nowhere,,',
    ]);
    expect(await read((transaction) => transaction`select 1 from import_rows`)).toHaveLength(0);
  });

  it('changes nothing when it is brought in again, and remembers how its headings were read', async () => {
    const taken = await upload('customers', Buffer.from(FILE, 'latin1'));
    expect(taken.body).toMatchObject({ guessed: { remembered: true }, settings: { consentSource: 'old till' } });
    const done = await bring('customers', Buffer.from(FILE, 'latin1'));
    expect(done.body).toMatchObject({ counts: { 'left.same': 1, refused: 3, 'consents.same': 1 } });
    expect(await read((transaction) => transaction`select 1 from customers`)).toHaveLength(1);
  });

  it('replaces, fills only what is empty, or leaves who is known, as was chosen', async () => {
    const file = 'external id,first name,city\nC1,Zoë,Paris\n';
    expect((await bring('customers', file, { known: 'leave' })).body['counts']).toEqual({ 'left.known': 1 });
    expect((await bring('customers', file, { known: 'fill' })).body['counts']).toEqual({ updated: 1 });
    expect(await read((transaction) => transaction`select profile ->> 'firstName' as name, profile ->> 'city' as city from customers`)).toEqual([{ name: 'Zoé', city: 'Paris' }]);
    expect((await bring('customers', file, { known: 'update' })).body['counts']).toEqual({ updated: 1 });
  });

  it('brings no opted-out address back, whatever date it claims (§13.10)', async () => {
    const [customer] = await read((transaction) => transaction<{ id: string }[]>`select id from customers`);
    await call('PUT', `/customers/${formatId('customer', customer?.id ?? '')}/consents`, { consents: [{ purpose: 'marketing', channel: 'email', state: 'denied', source: 'preferencePage' }] });
    const done = await bring('consents', 'external id,channel,consent,date\nC1,e-mail,yes,15/06/2026\nC9,email,yes,15/06/2026\n');
    expect(done.body['counts']).toEqual({ 'consents.optedOut': 1, refused: 1 });
    expect(await read((transaction) => transaction`select state from consents order by id desc limit 1`)).toEqual([{ state: 'denied' }]);
  });
});

describe('what an import may start', () => {
  beforeAll(open);

  it('is nothing unless asked: everything enters as history (§1.11), and as news when asked', async () => {
    await runInWorkspace(api.engine, { workspaceId, actor: 'test' }, ({ command }) => importJourney(command, {
      formatVersion: 1, key: 'welcome', name: 'Welcome', entry: { trigger: { kind: 'event', event: { type: 'purchase' } }, reentry: { mode: 'onceEver' }, next: 'w' },
      nodes: [{ id: 'w', kind: 'wait', settings: { mode: 'duration', duration: { amount: 9, unit: 'hours' } }, next: {} }],
    }, { publish: true }));
    const entered = () => read((transaction) => transaction`select 1 from enrollments`);
    const done = await bring('purchases', 'order id,date,email,total\nK1,01/06/2026,a@example.org,"12,50"\n');
    expect(done.body['counts']).toEqual({ created: 1 });
    await routeOnce(api.engine, workspaceId);
    expect(await read((transaction) => transaction`select historical from events where type = 'purchase'`)).toEqual([{ historical: true }]);
    expect(await entered()).toHaveLength(0);
    await bring('purchases', 'order id,date,email,total\nK2,15/06/2026,a@example.org,"12,50"\n', { startsJourneys: true });
    await routeOnce(api.engine, workspaceId);
    expect(await entered()).toHaveLength(1);
  });
});

describe('families and the catalogue', () => {
  beforeAll(open);

  it('are rows of the customers and products that are there, or are made', async () => {
    await bring('customers', 'external id\nC1\n');
    expect((await bring('relatives', 'id;lien;prénom;date de naissance\nC1;fille;Zoé;12/04/2021\nC1;conjoint;Ali;\nC1;fille;zoé;13/04/2021\nC1;ami;Bo;\n')).body['counts']).toEqual({ created: 2, updated: 1, refused: 1 });
    expect(await read((transaction) => transaction`select kind, first_name, birth_date::text from relatives order by id`)).toEqual([{ kind: 'child', first_name: 'zoé', birth_date: '2021-04-13' }, { kind: 'spouse', first_name: 'Ali', birth_date: null }]);
    const products = 'Référence;Libellé;Rayon;Prix TTC;Stock\nBOD-1;Body;Bébé|Coton;12,90 €;4\nBOD-2;Robe;;1 029,00;\n';
    expect((await bring('products', products)).body['counts']).toEqual({ created: 2 });
    expect(await read((transaction) => transaction`select sku, name, categories, price_minor, stock from products order by sku`)).toEqual([
      { sku: 'BOD-1', name: { fr: 'Body' }, categories: ['Bébé', 'Coton'], price_minor: 1_290, stock: 4 }, { sku: 'BOD-2', name: { fr: 'Robe' }, categories: [], price_minor: 102_900, stock: null }]);
    expect((await bring('products', products)).body['counts']).toEqual({ 'left.same': 2 });
    expect((await bring('products', 'sku;nom;prix;photo\nBOD-1;Body;12,90;https://cdn.example.com/b.jpg\n')).body['counts']).toEqual({ updated: 1 });
    expect(await read((transaction) => transaction`select picture, url, stock from products where sku = 'BOD-1'`)).toEqual([{ picture: 'https://cdn.example.com/b.jpg', url: null, stock: 4 }]);
  });

  it('refuse alone a row that the database cannot keep', async () => {
    expect((await bring('products', 'sku,name,price,stock\nA,One,1.00,1\nB,Two,1.00,3000000000\nC,Three,1.00,3\n')).body).toMatchObject({ state: 'done', counts: { created: 2, refused: 1 } });
  });
});

describe('past purchases and returns', () => {
  beforeAll(open);
  const PURCHASES = ['order;date;email;sku;qty;montant ligne', ...['A', 'B', 'C', 'D'].map((sku) => `K1;01/06/2026 10:00;a@example.org;${sku};1;5,00`), 'K2;02/06/2026;b@example.org;A;2;10,00', 'K3;99/06/2026;b@example.org;A;2;10,00'].join('\n');

  it('take the rows of one order as its lines, also where a part of the file would end between them, and count for the customer', async () => {
    const taken = await upload('purchases', PURCHASES);
    await call('POST', `/imports/${idOf(taken)}/start`, {});
    expect(await landRows(api.engine, workspaceId, uuidOf(taken), 2)).toBe(true);
    expect((await call('GET', `/imports/${idOf(taken)}`)).body).toMatchObject({ state: 'running', done: 4, counts: { created: 4 } });
    // Whoever goes on after a kill begins after the last row that was committed.
    await runImport(api.engine, { workspaceId, importId: uuidOf(taken) });
    expect((await call('GET', `/imports/${idOf(taken)}`)).body).toMatchObject({ state: 'done', done: 6, counts: { created: 5, refused: 1 } });
    expect(await read((transaction) => transaction`select order_id, (purchase ->> 'amountMinor')::int as amount, jsonb_array_length(purchase -> 'lines') as lines from orders order by order_id`)).toEqual([{ order_id: 'K1', amount: 2_000, lines: 4 }, { order_id: 'K2', amount: 1_000, lines: 1 }]);
    expect(await read((transaction) => transaction`select (figures ->> 'spendMinor')::int as spend from customers order by id`)).toEqual([{ spend: 2_000 }, { spend: 1_000 }]);
  });

  it('double nothing when the file comes again (§11.3), and say so of an order whose lines do not follow one another', async () => {
    expect((await bring('purchases', PURCHASES)).body['counts']).toEqual({ 'left.same': 5, refused: 1 });
    expect((await bring('purchases', 'order,date,sku,qty,line amount\nK7,02/06/2026,A,1,"5,00"\nK8,02/06/2026,A,1,"5,00"\nK7,02/06/2026,B,1,"5,00"\n')).body['counts']).toEqual({ created: 2, refused: 1 });
  });

  it('give back what the purchase gave, once, and refuse the return of an order that nobody knows', async () => {
    const file = 'return number,order,date\nR1,K2,05/06/2026\nR2,K99,05/06/2026\n';
    expect((await bring('returns', file)).body['counts']).toEqual({ created: 1, refused: 1 });
    expect((await bring('returns', file)).body['counts']).toEqual({ 'left.same': 1, refused: 1 });
    expect(await read((transaction) => transaction`select order_id from orders where returned_whole`)).toEqual([{ order_id: 'K2' }]);
  });
});

describe('an import under way', () => {
  beforeAll(open);

  it('is cancelled with what it has brought in, gone on with, and says in which states that can be asked', async () => {
    const taken = await upload('customers', `external id\n${Array.from({ length: 6 }, (_, index) => `C${index}`).join('\n')}\n`);
    const one = `/imports/${idOf(taken)}`;
    expect(await call('POST', `${one}/cancel`, {})).toMatchObject({ status: 409, body: { code: 'import.state' } });
    await call('POST', `${one}/start`, {});
    await landRows(api.engine, workspaceId, uuidOf(taken), 2);
    expect((await call('POST', `${one}/cancel`, {})).body).toMatchObject({ state: 'cancelled', done: 2 });
    expect(await landRows(api.engine, workspaceId, uuidOf(taken), 2)).toBe(false);
    expect(await read((transaction) => transaction`select 1 from customers`)).toHaveLength(2);
    expect((await call('POST', `${one}/start`, {})).body).toMatchObject({ state: 'running', done: 2 });
    await runImport(api.engine, { workspaceId, importId: uuidOf(taken) });
    expect((await call('GET', one)).body).toMatchObject({ state: 'done', counts: { created: 6 } });
    expect(await read((transaction) => transaction`select action from audit_lines where action like 'import.%' order by id`)).toEqual(['load', 'start', 'cancel', 'resume', 'done'].map((action) => ({ action: `import.${action}` })));
  });

  it('is not started while a field that every row needs has no column', async () => {
    const taken = await upload('customers', 'colour\nred\n');
    expect(await call('POST', `/imports/${idOf(taken)}/start`, {})).toMatchObject({ status: 422, body: { errors: [{ code: 'import.fieldMissing' }] } });
  });
});

describe('a file that is none', () => {
  beforeAll(open);

  it.each([
    ['an empty one', '', 'import.emptyFile'],
    ['headings without rows', 'email,name\n', 'import.noRows'],
    ['a spreadsheet', Buffer.from('504b0304140006000800', 'hex'), 'import.spreadsheet'],
    ['a compressed one', Buffer.from('1f8b080000000000', 'hex'), 'import.compressed'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'import.binary'],
    ['a line of ten million characters', `email,name\na@example.org,${'x'.repeat(10_000_000)}\n`, 'import.longRow'],
    ['a quotation mark that is never closed', 'email,name\na@example.org,"Anna\nb@example.org,Bea\n', 'import.quote'],
    ['nothing but a byte order mark', '\uFEFF', 'import.emptyFile'],
    ['nothing but blank lines', '\n\r\n \n', 'import.emptyFile'],
    ['a text with a NUL byte', 'email,name\na@example.org,A\0nna\n', 'import.binary'],
    ['UTF-16 with a NUL in a cell', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('email\tname\r\na@example.org\tA\0na\r\n', 'utf16le')]), 'import.binary'],
    ['UTF-16 that does not say so', Buffer.from('email\tname\r\na@example.org\tAnna\r\n', 'utf16le'), 'import.binary'],
    ['UTF-32', Buffer.from('fffe000065000000', 'hex'), 'import.binary'],
    ['an archive of another kind', Buffer.from('377abcaf271c0004', 'hex'), 'import.binary'],
    ['headings that never end', `email,"${'x'.repeat(200_000)}\n`, 'import.longRow'],
    ['more columns than a table has', `${Array.from({ length: 201 }, (_, index) => `c${index}`).join(',')}\n1\n`, 'import.tooManyColumns'],
  ])('is refused whole with what to do: %s', async (_, file, code) => {
    expect(await upload('customers', file)).toMatchObject({ status: 422, body: { code: 'import.unreadable', errors: [{ code }] } });
    expect(await read((transaction) => transaction`select 1 from imports`)).toHaveLength(0);
  });

  it('is still read with ragged rows, blank lines, a byte order mark, tabs and formulas: only those rows are refused', async () => {
    const done = await bring('customers', '\uFEFFemail\tfirst name\r\na@example.org\tAnna\r\n\r\nb@example.org\r\nc@example.org\t=1+1\r\nd@example.org\t"Dora\n""the second"""\r\n');
    expect(done.body).toMatchObject({ encoding: 'utf-8', delimiter: '\t', counts: { created: 2, refused: 2 } });
    const refused = await call('POST', `/imports/${idOf(done)}/refused`, {});
    expect(String(refused.body['csv']).split('\r\n').slice(1)).toEqual(['4,,The row has 1 cells and the file 2 headings.,b@example.org', "5,first name,The cell holds a formula: save the file with its values.,c@example.org,'=1+1"]);
  });

  it('is read whatever its lines end with, also when they end in three ways in one file', async () => {
    expect((await bring('customers', 'email,first name\r\n1@example.org,Anna\n2@example.org,Bea\r\n3@example.org,Cleo\r4@example.org,"Dora\nRose"\n5@example.org,Eva\n')).body).toMatchObject({ done: 5, counts: { created: 5 } });
  });

  it('is of Windows when only its last byte says so', async () => {
    expect((await bring('customers', Buffer.from('email,first name\n6@example.org,Zoé', 'latin1'))).body).toMatchObject({ encoding: 'windows-1252', counts: { created: 1 } });
  });

  it('keeps the first of two columns of the same name, and leaves the other to whoever maps it', async () => {
    expect((await upload('customers', 'email,email,first name\n7@example.org,8@example.org,Anna\n')).body).toMatchObject({ fields: ['email', null, 'firstName'], state: 'ready' });
  });

  it('takes no more memory for rows that are long: they are staged by their length, and come in all the same', async () => {
    const long = 'x'.repeat(90_000);
    const taken = await upload('customers', `external id,note\n${Array.from({ length: 120 }, (_, index) => `L${index},${long}`).join('\n')}\n`);
    expect(taken.body).toMatchObject({ rows: 120, state: 'ready' });
    const staged = await read((transaction) => transaction<{ parts: number }[]>`select count(distinct xmin::text)::int as parts from import_rows where import_id = ${uuidOf(taken)}`);
    expect(staged[0]?.parts).toBe(3);
  });

  it('in UTF-16, as spreadsheets save «Unicode text», is read', async () => {
    expect((await bring('customers', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('email\tprénom\r\nz@example.org\tZoé\r\n', 'utf16le')]))).body).toMatchObject({ encoding: 'utf-16le', counts: { created: 1 } });
  });
});
