/** Goes to another workspace, on the same page where that is there too. */
import { forgetTillPage } from '#components/till/kept-page.ts';

/** Addresses that only a sandbox has. */
const IN_SANDBOX = ['/mailbox'];
/** Pages whose last part is something of this workspace: one goes to the list that it is in. `new` is nobody's. */
const THINGS = ['/journeys/simulations', '/journeys', '/customers/imports', '/customers', '/content/templates', '/content/messages', '/loyalty/programmes', '/loyalty/offers', '/settings/connectors', '/settings/destinations', '/places'];

/** The page of `kind`'s workspace that is nearest to this address. Filters are left out: what they name may be of this workspace. */
export function sameAddress(pathname: string, kind: 'live' | 'sandbox'): string {
  if (kind === 'live' && IN_SANDBOX.some((each) => pathname.startsWith(each))) return '/journeys';
  const list = THINGS.find((each) => pathname.startsWith(`${each}/`));
  if (list === undefined || pathname === `${list}/new` || THINGS.includes(pathname)) return pathname;
  return list;
}

export async function changeWorkspace(workspaceId: string, address: string): Promise<void> {
  await forgetTillPage().catch(() => {});
  document.cookie = `parcours.workspace=${workspaceId}; path=/; max-age=31536000; samesite=lax`;
  window.location.assign(address);
}
