/** Which till a device is, and who stands at it. It notes that the till was seen, at most once a minute and process. */
import { inWorkspace } from '#db/connection.ts';
import type { Engine } from '#engine/engine.ts';
import { readStaffToken } from './staff-token.ts';
import { hashDeviceToken } from './till-code.ts';

/** `locked`: the store knows its staff by PIN and nobody has said who they are, so nothing personal is shown. */
export type ResolvedTill = { tillId: string; workspaceId: string; storeId: string; name: string; staff: { id: string; name: string } | null; locked: boolean };

const NOTE_EVERY_MS = 60_000;
/** A working day; whoever goes on says their PIN again. What was rung up before keeps their name however late it is sent. */
const STAFF_SECONDS = 14 * 3_600;
const notedAt = new Map<string, number>();

type Device = { tillId: string; workspaceId: string; storeId: string; name: string; hasStaff: boolean };

/** Null when the text is no device's token, or its till was revoked or given to another device. */
export async function resolveTill(engine: Pick<Engine, 'database' | 'secret' | 'formerSecret'>, deviceToken: string, staffToken: string | null): Promise<ResolvedTill | null> {
  const hash = hashDeviceToken(deviceToken);
  if (!hash) return null;
  const [device] = await engine.database<Device[]>`
    select till_id as "tillId", workspace_id as "workspaceId", store_id as "storeId", till_name as name, has_staff as "hasStaff" from resolve_till_device(${hash})`;
  if (!device) return null;
  const { tillId, workspaceId, storeId, name, hasStaff } = device;
  const now = Date.now();
  const claim = staffToken === null ? null : readStaffToken(engine, staffToken);
  const notes = now - (notedAt.get(tillId) ?? 0) > NOTE_EVERY_MS;
  if (notes) notedAt.set(tillId, now);
  const staff = !notes && claim === null ? null : await inWorkspace(engine.database, workspaceId, async (transaction) => {
    if (notes) await transaction`update tills set last_seen_at = clock_timestamp() where id = ${tillId}`;
    if (claim === null || claim.tillId !== tillId) return null;
    const [row] = await transaction<{ id: string; name: string }[]>`
      select id, name from till_staff where id = ${claim.staffId} and store_id = ${storeId} and pin_version = ${claim.pinVersion} and removed_at is null`;
    return row ?? null;
  });
  const fresh = claim !== null && now / 1_000 - claim.issuedAtSeconds < STAFF_SECONDS;
  return { tillId, workspaceId, storeId, name, staff, locked: hasStaff && !(staff !== null && fresh) };
}
