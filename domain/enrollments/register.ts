/** A customer's earlier entries while a burst folds, in step with what happens in it (§1.2). */
import type { Burst } from './burst.ts';
import type { RegisterLine } from './decide-entry.ts';

/** Earlier entries by journey, oldest first and by their key: a customer may have thousands. */
export type Register = Map<string, { lines: RegisterLine[]; byKey: Map<string, RegisterLine> }>;

export function addLine(register: Register, line: RegisterLine): void {
  const mine = register.get(line.journeyId) ?? { lines: [], byKey: new Map<string, RegisterLine>() };
  mine.lines.push(line);
  mine.byKey.set(line.entryKey, line);
  register.set(line.journeyId, mine);
}

/** Keeps the register's ends in step with the enrollments, so that «after exit» is decided on what just happened. */
export function noteEnds(burst: Burst, register: Register): void {
  for (const enrollment of burst.changed) {
    const { ending } = enrollment.state;
    if (!ending) continue;
    const line = register.get(enrollment.journeyId)?.byKey.get(enrollment.entryKey);
    if (line) line.endedAt ??= ending.at;
  }
}
