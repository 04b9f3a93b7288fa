/** Letters on their way to the post: batches that a person closes, downloads as a file, posts and says so; and what comes back. */
import { z } from 'zod';
import { LETTER_BATCH_STATES, listLetterBatches, type LetterBatchRow } from '#db/queries/letters.ts';
import { csvText } from '#domain/shared/csv.ts';
import { formatId } from '#domain/shared/ids.ts';
import { closeLetterBatch, exportLetterBatch, postLetterBatch, returnLetter } from '#engine/commands/letters.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id, IdOf, iso, Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor } from '#app/api/edge.ts';

const NUMBER_KEY = /^\d{1,9}$/;
const Batch = z.object({
  id: Id('letterBatch'), number: z.number().int(), state: z.enum(LETTER_BATCH_STATES), letters: z.number().int(), withdrawn: z.number().int(), returned: z.number().int(),
  createdAt: Iso, closedAt: Iso.nullable(), postedAt: Iso.nullable(),
}).meta({ id: 'LetterBatch', description: '`open` takes letters; `closed` is a file that stays the same; `posted` is with the post. `withdrawn` were taken out when it was closed.' });
const toBatch = (row: LetterBatchRow): z.input<typeof Batch> => ({ ...row, id: formatId('letterBatch', row.id), createdAt: iso(row.createdAt), closedAt: isoOrNull(row.closedAt), postedAt: isoOrNull(row.postedAt) });

const list = defineRoute({
  method: 'GET', path: '/letter-batches', noun: 'Letters', summary: 'List batches of letters, newest first', scope: 'messages:read', query: z.strictObject(pageQuery), response: PageOf(Batch),
  async read({ transaction, query: { limit, after } }) {
    const before = readCursor(after, [NUMBER_KEY])?.[0];
    const rows = await listLetterBatches(transaction, { before: before === undefined ? null : Number(before), limit: limit + 1 });
    return pageOf(rows, limit, ({ number }) => [String(number)], toBatch);
  },
});

const params = z.object({ batchId: IdOf('letterBatch') });
const Ended = z.object({ state: z.enum(LETTER_BATCH_STATES) });

const close = defineRoute({
  method: 'POST', path: '/letter-batches/{batchId}/close', noun: 'Letters', summary: 'Close a batch, so that it can be downloaded', scope: 'content:write', params, errors: ['letters.unknown', 'letters.state'],
  description: 'The next letter begins another batch. Letters of customers who have said no meanwhile, or whose mail came back, are taken out.',
  body: z.strictObject({}), response: z.object({ state: z.enum(LETTER_BATCH_STATES), withdrawn: z.number().int() }),
  async write({ command, engine, afterCommit, params: { batchId } }) {
    const { withdrawn, events } = await closeLetterBatch(command, batchId);
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { state: 'closed' as const, withdrawn } };
  },
});

const COLUMNS = ['replyCode', 'name', 'street', 'postalCode', 'city', 'country', 'language', 'text', 'journey'] as const;

const exported = defineRoute({
  method: 'GET', path: '/letter-batches/{batchId}/export', noun: 'Letters', summary: 'Download a closed batch as CSV, for printing', scope: 'messages:read', produces: 'text/csv', params, errors: ['letters.unknown', 'letters.state'],
  description: 'UTF-8 with its mark, a line per letter: reply code, address, language, text, and a column per variable of its journey. The export leaves a line in the audit log.', response: z.string(),
  async read({ command, params: { batchId } }) {
    const letters = await exportLetterBatch(command, batchId);
    const names = [...new Set(letters.flatMap(({ variables }) => Object.keys(variables)))].sort();
    const rows = letters.map(({ replyCode, recipient, language, text, journeyName, variables }) => {
      const known = { replyCode, ...recipient, language, text, journey: journeyName };
      return [...COLUMNS.map((column) => known[column]), ...names.map((name) => variables[name] ?? null)];
    });
    return `\ufeff${csvText([...COLUMNS, ...names], rows)}\r\n`;
  },
});

const posted = defineRoute({
  method: 'POST', path: '/letter-batches/{batchId}/posted', noun: 'Letters', summary: 'Say that a closed batch was posted', scope: 'content:write', params, errors: ['letters.unknown', 'letters.state'],
  description: 'Its letters are sent from then on.', body: z.strictObject({}), response: Ended,
  async write({ command, engine, afterCommit, params: { batchId } }) {
    const { events } = await postLetterBatch(command, batchId);
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { state: 'posted' as const } };
  },
});

const returned = defineRoute({
  method: 'POST', path: '/letters/returned', noun: 'Letters', summary: 'Say that a letter came back (NPAI)', scope: 'content:write', errors: ['letters.unknown', 'letters.state'],
  description: 'By the reply code on it. Its address gets no more letters until the customer has another one.', example: { replyCode: 'K7QM2XWA' },
  body: z.strictObject({ replyCode: z.string().trim().regex(/^[0-9A-Za-z]{8}$/, 'a reply code has eight letters and digits') }), response: z.object({ customerId: Id('customer') }),
  async write({ command, engine, afterCommit, body: { replyCode } }) {
    const { events, customerId } = await returnLetter(command, replyCode);
    if (events > 0) afterCommit(engine.hintRouters);
    return { body: { customerId: formatId('customer', customerId) } };
  },
});

export const letterRoutes = [list, close, exported, posted, returned];
