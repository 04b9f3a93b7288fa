/** Who stands at a paired till, as this device remembers it. Their token proves nothing without the device's own, which scripts cannot read. */
export type StandingStaff = { id: string; name: string; token: string; at: number };

export const TILL_HEADER = 'x-parcours-till';
export const STAFF_HEADER = 'x-parcours-staff';

const nameOf = (tillId: string): string => `parcours.till-staff.${tillId}`;

export function readStaff(tillId: string): StandingStaff | null {
  try {
    return JSON.parse(window.localStorage.getItem(nameOf(tillId)) ?? 'null') as StandingStaff | null;
  } catch {
    return null;
  }
}

export function writeStaff(tillId: string, staff: StandingStaff | null): void {
  if (staff === null) window.localStorage.removeItem(nameOf(tillId));
  else window.localStorage.setItem(nameOf(tillId), JSON.stringify(staff));
}

export const staffToken = (tillId: string): string | null => readStaff(tillId)?.token ?? null;

/** What a paired till sends with every request. */
export function tillHeaders(tillId: string): Record<string, string> {
  const token = staffToken(tillId);
  return { [TILL_HEADER]: '1', ...(token !== null && { [STAFF_HEADER]: token }) };
}
