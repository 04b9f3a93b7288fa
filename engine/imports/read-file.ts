/**
 * A file as somebody saved it, read as rows of cells: its encoding and its delimiter are found out from the file itself, and what is no such file is
 * refused with what to do. It is read as a stream: a gigabyte takes no more memory than a page.
 */
import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { fail, ok, type Result } from '#domain/shared/result.ts';

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];
export type FileForm = { encoding: Encoding; delimiter: Delimiter };

/** `line` is where the row begins. */
export type FileRow = { line: number; cells: string[] };

export const MOST_COLUMNS = 200;
/** A row longer than this is a file that was cut at the wrong place, or a quotation mark that was never closed. */
export const LONGEST_ROW = 100_000;
const SAMPLE_BYTES = 65_536;

/** What the first bytes of files of other kinds are. */
const OTHER_FILES: readonly { bytes: readonly number[]; code: string; message: string }[] = [
  { bytes: [0x50, 0x4b], code: 'import.spreadsheet', message: 'This is a spreadsheet or an archive: open it and save it as CSV.' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], code: 'import.spreadsheet', message: 'This is a spreadsheet: open it and save it as CSV.' },
  { bytes: [0x1f, 0x8b], code: 'import.compressed', message: 'This file is compressed: unpack it first.' },
  { bytes: [0x42, 0x5a, 0x68], code: 'import.compressed', message: 'This file is compressed: unpack it first.' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], code: 'import.compressed', message: 'This file is compressed: unpack it first.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], code: 'import.binary', message: 'This is no text: save the list as CSV.' },
];

const refuse = (code: string, message: string): Result<never> => fail({ code, message, path: ['body'] });
const beginsWith = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, index) => bytes[index] === byte);

/** Whether no character is cut at the end: «é» as the last byte of a file of Windows looks like the beginning of one of UTF-8. */
function endsWhole(decoder: InstanceType<typeof TextDecoder>): boolean {
  try {
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** Reads the whole file once for its encoding: what is valid UTF-8 to the end is UTF-8, else it is of a Windows of Western Europe. */
async function findEncoding(path: string, first: Uint8Array): Promise<Result<Encoding>> {
  if (beginsWith(first, [0xff, 0xfe])) return ok('utf-16le');
  if (beginsWith(first, [0xfe, 0xff])) return ok('utf-16be');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isUtf8 = true;
  for await (const chunk of createReadStream(path)) {
    const bytes = chunk as Buffer;
    if (bytes.includes(0)) return refuse('import.binary', 'This is no text: save the list as CSV.');
    if (!isUtf8) continue;
    try {
      decoder.decode(bytes, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  return ok(isUtf8 && endsWhole(decoder) ? 'utf-8' : 'windows-1252');
}

// Line ends of all systems, also in one file: by itself the parser takes the first that it meets for all others.
const OPTIONS = { record_delimiter: ['\r\n', '\n', '\r'], bom: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true, max_record_size: LONGEST_ROW };

/** How many cells the first rows have with this delimiter: as many in each, or it is another. */
function cellsWith(sample: string, delimiter: Delimiter): number {
  try {
    const rows = parseAtOnce(sample, { ...OPTIONS, delimiter, to: 20, skip_records_with_error: true }) as string[][];
    const [head] = rows;
    if (!head) return 0;
    const alike = rows.filter((row) => row.length === head.length).length;
    return head.length > 1 && alike * 2 > rows.length ? head.length * (alike / rows.length) : 1;
  } catch {
    return 0;
  }
}

/** Of delimiters that fit, the one with the most cells. A file of one column has none. */
function findDelimiter(sample: string): Delimiter {
  const ranked = DELIMITERS.map((delimiter) => ({ delimiter, cells: cellsWith(sample, delimiter) })).sort((a, b) => b.cells - a.cells);
  return ranked[0]?.delimiter ?? ',';
}

async function readStart(file: FileHandle): Promise<{ bytesRead: number; buffer: Buffer }> {
  try {
    return await file.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
  } finally {
    await file.close();
  }
}

/** Finds out how a file is written. Refused with the reason: an empty one, and what is no text. */
export async function findForm(path: string): Promise<Result<FileForm>> {
  const file = await open(path);
  const { bytesRead, buffer } = await readStart(file);
  const first = buffer.subarray(0, bytesRead);
  if (bytesRead === 0) return refuse('import.emptyFile', 'The file is empty.');
  const other = OTHER_FILES.find(({ bytes }) => beginsWith(first, bytes));
  if (other) return refuse(other.code, other.message);
  const encoding = await findEncoding(path, first);
  if (!encoding.ok) return encoding;
  const sample = new TextDecoder(encoding.value).decode(first);
  // The last line of the sample may be cut.
  const whole = bytesRead < SAMPLE_BYTES ? sample : sample.slice(0, Math.max(sample.lastIndexOf('\n'), 0) || sample.length);
  return ok({ encoding: encoding.value, delimiter: findDelimiter(whole) });
}

/** A text holds no NUL, and no database keeps one: this is another kind of file, or UTF-32. */
function withoutNul(text: string): string {
  if (text.includes('\0')) throw new UnreadableFile('import.binary', 1, 'This is no text: save the list as CSV.');
  return text;
}

async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: SAMPLE_BYTES })) yield withoutNul(decoder.decode(chunk as Buffer, { stream: true }));
  yield decoder.decode();
}

/** A row that cannot be read makes the file unreadable from there on: it is refused whole, with the line. */
export class UnreadableFile extends Error {
  constructor(readonly code: 'import.longRow' | 'import.quote' | 'import.binary', readonly line: number, message: string) {
    super(message);
  }
}

const linesIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0);

function unreadable(error: unknown, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new UnreadableFile('import.longRow', line, `The row that begins at line ${line} is longer than a hundred thousand characters: a quotation mark before it may not be closed.`);
  return new UnreadableFile('import.quote', line, `A quotation mark that opens at line ${line} or after it is not closed as it should be.`);
}

/** The rows of a file, its headings first. Blank lines are passed over. Throws `UnreadableFile`. */
export async function* readFile(path: string, { encoding, delimiter }: FileForm): AsyncGenerator<FileRow> {
  const parser = parse({ ...OPTIONS, delimiter, info: true });
  const source = Readable.from(decoded(path, encoding));
  source.on('error', (error) => parser.destroy(error));
  let last = 0;
  try {
    for await (const given of source.pipe(parser)) {
      const { info, record } = given as { info: { lines: number }; record: string[] };
      last = info.lines;
      yield { line: info.lines - linesIn(record), cells: record };
    }
  } catch (error) {
    throw unreadable(error, last + 1);
  } finally {
    source.destroy();
    parser.destroy();
  }
}
