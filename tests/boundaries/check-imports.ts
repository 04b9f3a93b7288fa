/** Holds one file's imports against the table of doors. */
import { ANY, DOORS, REASONS, WIDER_DOORS, type Door } from '#tests/boundaries/doors.ts';
import { readSource, type Import } from '#tests/boundaries/read-source.ts';

const roomOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : path === 'env.ts' || path.includes('.config.') || path.endsWith('.test.ts') ? 'tests' : 'app');

/** Test files lie beside the code and may use what tests need. */
export const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path);

const isUnder = (path: string, prefix: string): boolean => prefix === ANY || path === prefix || path.startsWith(`${prefix}/`) || (prefix.includes('/') && path.startsWith(prefix));

const isPackage = (target: string, name: string): boolean => name === ANY || (name.endsWith(':') ? target.startsWith(name) : target === name || target.startsWith(`${name}/`));

function whyRefused(room: string, doors: Door[], { target, typesOnly }: Import): string | null {
  if (target.startsWith('@/')) return 'paths with @/ work in Next only: write #room/file.ts';
  if (target === 'server-only') return 'server-only throws outside Next, and the worker runs the same code';
  if (target.endsWith('.css')) return room === 'app' || room === 'components' ? null : 'styles belong to app and components';
  if (target.startsWith('./')) return null;
  if (target.startsWith('.')) return 'a path upwards hides the room it leads to: write #room/file.ts';
  const reason = REASONS[room] ?? 'every import goes through a door';
  if (!target.startsWith('#')) return doors.some((door) => door.packages.some((name) => isPackage(target, name))) ? null : `${room} may not use the package ${target}: ${reason}`;
  const path = target.slice(1);
  const open = doors.some((door) => door.rooms.some((prefix) => isUnder(path, prefix)) || (typesOnly && (door.typesOnly ?? []).some((prefix) => isUnder(path, prefix))));
  return open ? null : `${room} may not import ${path}: ${reason}`;
}

/** One line per import that breaks a door, with the file, the line and the reason. */
export function checkImports(path: string, text: string): string[] {
  const room = roomOf(path);
  const wider = WIDER_DOORS.filter((entry) => isUnder(path, entry.path) || path.startsWith(entry.path)).map((entry) => entry.door);
  const door = DOORS[isTest(path) ? 'tests' : room];
  if (!door) return [`${path}: there is no room ${room}`];
  const { imports, computedImports } = readSource(path, text);
  const refused = imports.flatMap((found) => {
    const reason = whyRefused(room, [door, ...wider], found);
    return reason ? [`${path}:${found.line}: ${reason}`] : [];
  });
  const computed = door.rooms.includes(ANY) ? [] : computedImports.map((line) => `${path}:${line}: an import whose target is computed passes no door`);
  return [...refused, ...computed];
}
