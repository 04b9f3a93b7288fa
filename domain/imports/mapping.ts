/** Which column of a file stands for what: guessed from the headings, chosen by a person, and checked before anything is read by it. */
import { fail, ok, type Problem, type Result } from '#domain/shared/result.ts';
import { findField, IMPORT_FIELDS, NEEDED_FIELDS, type ImportKind } from './import-kinds.ts';

/** For each column of the file, in its order, the field it stands for; null is left out. */
export type Mapping = (string | null)[];

/** `Prénom du client :` → `prenom du client`. Headings that differ only in capitals, accents and marks are one. */
export const normaliseHeading = (heading: string): string =>
  heading.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

/** What a file's headings are remembered by: the next file that has them gets the mapping that was chosen for this one. */
export const headingSignature = (headings: readonly string[]): string => headings.map(normaliseHeading).join('|');

/** The mapping that the headings suggest. A heading that says exactly a field's name comes first; no field is taken by two columns. */
export function guessMapping(kind: ImportKind, headings: readonly string[]): Mapping {
  const taken = new Set<string>();
  const mapping: Mapping = headings.map(() => null);
  const normal = headings.map(normaliseHeading);
  // The earlier of a field's headings is the surer one.
  const deepest = Math.max(...IMPORT_FIELDS[kind].map((each) => each.headings.length));
  for (let rank = 0; rank < deepest; rank += 1) {
    for (const each of IMPORT_FIELDS[kind]) {
      const wanted = each.headings[rank];
      if (wanted === undefined || taken.has(each.name)) continue;
      const column = normal.findIndex((heading, index) => mapping[index] === null && heading === normaliseHeading(wanted));
      if (column < 0) continue;
      mapping[column] = each.name;
      taken.add(each.name);
    }
  }
  return mapping;
}

/** Whether a file can be read by this mapping: every field exists, none is named twice, and what a row cannot do without has its column. */
export function checkMapping(kind: ImportKind, mapping: Mapping, columns: number): Result<Mapping> {
  const problems: Problem[] = [];
  if (mapping.length !== columns) problems.push({ code: 'import.mappingLength', message: `The file has ${columns} columns: name a field, or null, for each of them.`, path: ['fields'] });
  const seen = new Set<string>();
  mapping.forEach((name, index) => {
    if (name === null) return;
    const path = ['fields', index];
    if (!findField(kind, name)) problems.push({ code: 'import.unknownField', message: `There is no field «${name}» in ${kind}.`, path });
    else if (seen.has(name)) problems.push({ code: 'import.fieldTwice', message: `Two columns stand for «${name}»: leave one of them out.`, path });
    seen.add(name);
  });
  for (const list of NEEDED_FIELDS[kind]) {
    if (!list.some((name) => seen.has(name))) problems.push({ code: 'import.fieldMissing', message: `No column stands for ${list.map((name) => `«${name}»`).join(' or ')}.`, path: ['fields'] });
  }
  return problems.length > 0 ? fail(...problems) : ok(mapping);
}
