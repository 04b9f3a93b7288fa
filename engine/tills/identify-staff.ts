/** Somebody says who they are at a till, by their PIN. Attempts are few, and one wrong guess at a time: the row is locked while the slow hash is made. */
import { inWorkspace } from '#db/connection.ts';
import { verifyPassword } from '#db/passwords.ts';
import type { Engine } from '#engine/engine.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import type { ResolvedTill } from './resolve-till.ts';
import { signStaff } from './staff-token.ts';

const MOST_ATTEMPTS = 5;
const FIRST_LOCK_MINUTES = 5;
const LONGEST_LOCK_MINUTES = 24 * 60;

type Row = { name: string; pinHash: string; pinVersion: number; failed: number; lockedUntil: Date | null; now: Date };
type Outcome = { kind: 'known'; name: string; token: string } | { kind: 'wrong'; left: number } | { kind: 'locked'; until: Date };

/** After five wrong PINs in a row five minutes, and twice as long with each wrong one after them. */
const lockMinutes = (failed: number): number => Math.min(LONGEST_LOCK_MINUTES, FIRST_LOCK_MINUTES * 2 ** (failed - MOST_ATTEMPTS));

export async function identifyStaff(engine: Pick<Engine, 'database' | 'secret'>, till: Pick<ResolvedTill, 'tillId' | 'workspaceId' | 'storeId'>, staffId: string, pin: string): Promise<{ name: string; token: string }> {
  const outcome = await inWorkspace(engine.database, till.workspaceId, async (transaction): Promise<Outcome | null> => {
    const [row] = await transaction<Row[]>`
      select name, pin_hash as "pinHash", pin_version as "pinVersion", failed_attempts as failed, locked_until as "lockedUntil", clock_timestamp() as now
        from till_staff where id = ${staffId} and store_id = ${till.storeId} and removed_at is null for update`;
    if (!row) return null;
    if (row.lockedUntil !== null && row.lockedUntil > row.now) return { kind: 'locked', until: row.lockedUntil };
    if (await verifyPassword({ hash: row.pinHash, password: pin })) {
      await transaction`update till_staff set failed_attempts = 0, locked_until = null, last_used_at = clock_timestamp() where id = ${staffId}`;
      return { kind: 'known', name: row.name, token: signStaff(engine, { staffId, tillId: till.tillId, pinVersion: row.pinVersion, issuedAtSeconds: Math.floor(row.now.getTime() / 1_000) }) };
    }
    const failed = row.failed + 1;
    const until = failed < MOST_ATTEMPTS ? null : new Date(row.now.getTime() + lockMinutes(failed) * 60_000);
    await transaction`update till_staff set failed_attempts = ${failed}, locked_until = ${until?.toISOString() ?? null}::text::timestamptz where id = ${staffId}`;
    return until ? { kind: 'locked', until } : { kind: 'wrong', left: MOST_ATTEMPTS - failed };
  });
  if (outcome === null) throw new PermanentError('staff.unknown', 'Nobody of this store has this id.');
  if (outcome.kind === 'wrong') throw new PermanentError('staff.wrongPin', `This is not the PIN; ${outcome.left} more attempts.`);
  if (outcome.kind === 'locked') throw new PermanentError('staff.locked', `Too many wrong PINs: try again at ${outcome.until.toISOString()}, or have another PIN set.`);
  return { name: outcome.name, token: outcome.token };
}
