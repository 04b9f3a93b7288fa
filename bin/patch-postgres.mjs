/**
 * Runs after every install: repairs postgres.js 3.4.9, which crashes the process («Cannot read properties of null (reading 'write')») or never
 * connects again when a server dies within a transaction, or waits for ever when a COPY is refused at its end (https://github.com/porsager/postgres/issues/1154 and 1208). Another version stops the
 * install, so that whoever raises it looks whether the repair is still needed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const REPAIRS = [
  // A statement on a connection that is closed is refused, not written.
  ['    if (stream)\n      return queryError(q, Errors.generic(\'COPY_IN_PROGRESS\'', '    if (socket === null) {\n      queryError(q, Errors.connection(\'CONNECTION_CLOSED\', options))\n      return true\n    }\n\n    if (stream)\n      return queryError(q, Errors.generic(\'COPY_IN_PROGRESS\''],
  // What was to be written on a connection that has closed in the meantime is forgotten.
  ['  function nextWrite(fn) {\n', '  function nextWrite(fn) {\n    if (socket === null) {\n      chunk = nextWriteTimer = null\n      return true\n    }\n\n'],
  // And it is not left in front of the first bytes of the next connection, whose writes nobody would start.
  ['    clearImmediate(nextWriteTimer)\n    socket.removeListener(\'data\', data)\n', '    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener(\'data\', data)\n'],
  // A COPY whose last bytes the server refuses ends with its reason, instead of waiting for ever.
  ['  function errored(err) {\n    stream && (stream.destroy(err), stream = null)\n', '  function errored(err) {\n    stream && (stream.destroy(err), stream = null)\n    final && (final(err), final = null)\n'],
];

for (const folder of ['src', 'cjs/src']) {
  const file = fileURLToPath(new URL(`../node_modules/postgres/${folder}/connection.js`, import.meta.url));
  let source = readFileSync(file, 'utf8');
  for (const [from, to] of REPAIRS) {
    if (source.includes(to)) continue;
    if (!source.includes(from)) {
      console.error(`bin/patch-postgres.mjs does not know this version of postgres.js: look whether it still has the fault, then change or remove the repair.`);
      process.exit(1);
    }
    source = source.replace(from, () => to);
  }
  writeFileSync(file, source);
}
