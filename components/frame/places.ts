/** The places of the interface, as the rail and the search show them: an address, the word for it, the scope that opens it. A place that does not exist yet has no line. */
import { IconAffiliate, IconBolt, IconBuildingStore, IconCashRegister, IconGift, IconMailbox, IconSettings, IconTemplate, IconUsers, type TablerIcon } from '@tabler/icons-react';

export type Place = {
  /** Its word is `frame.places.<name>`. */
  name: string;
  address: string;
  icon: TablerIcon;
  scope: string;
  /** Only in a sandbox. */
  inSandbox?: true;
  /** Shown under it while one of them is open. */
  inside?: { name: string; address: string; scope: string }[];
};

export const PLACES: Place[] = [
  { name: 'journeys', address: '/journeys', icon: IconAffiliate, scope: 'journeys:read' },
  {
    name: 'customers', address: '/customers', icon: IconUsers, scope: 'customers:read',
    inside: [{ name: 'allCustomers', address: '/customers', scope: 'customers:read' }, { name: 'tasks', address: '/tasks', scope: 'tasks:read' }],
  },
  {
    name: 'content', address: '/content/templates', icon: IconTemplate, scope: 'content:read',
    inside: [{ name: 'templates', address: '/content/templates', scope: 'content:read' }, { name: 'images', address: '/content/images', scope: 'content:read' }, { name: 'products', address: '/content/products', scope: 'content:read' }, // Whoever acts for some stores reads messages on a customer's card, and never all of them.
      { name: 'messages', address: '/content/messages', scope: 'content:read' }, { name: 'letters', address: '/content/letters', scope: 'content:read' }],
  },
  {
    name: 'loyalty', address: '/loyalty/programmes', icon: IconGift, scope: 'loyalty:read',
    inside: [{ name: 'programmes', address: '/loyalty/programmes', scope: 'loyalty:read' }, { name: 'offers', address: '/loyalty/offers', scope: 'loyalty:read' }],
  },
  {
    name: 'stores', address: '/stores', icon: IconBuildingStore, scope: 'settings:read',
    inside: [{ name: 'allStores', address: '/stores', scope: 'settings:read' }, { name: 'tills', address: '/tills', scope: 'tills:read' }, { name: 'places', address: '/places', scope: 'places:read' }],
  },
  { name: 'till', address: '/till', icon: IconCashRegister, scope: 'loyalty:redeem' },
  { name: 'events', address: '/events', icon: IconBolt, scope: 'events:read' },
  { name: 'mailbox', address: '/mailbox', icon: IconMailbox, scope: 'sandbox', inSandbox: true },
  {
    name: 'settings', address: '/settings/workspace', icon: IconSettings, scope: 'settings:read',
    inside: [
      { name: 'workspace', address: '/settings/workspace', scope: 'settings:read' }, { name: 'brandKit', address: '/settings/brand', scope: 'content:read' }, { name: 'members', address: '/settings/members', scope: 'settings:read' },
      { name: 'senders', address: '/settings/senders', scope: 'settings:read' }, { name: 'keys', address: '/settings/keys', scope: 'settings:read' }, { name: 'pressure', address: '/settings/pressure', scope: 'settings:read' },
      { name: 'secrets', address: '/settings/secrets', scope: 'settings:read' }, { name: 'connectors', address: '/settings/connectors', scope: 'webhooks:write' }, { name: 'destinations', address: '/settings/destinations', scope: 'webhooks:read' },
      { name: 'audit', address: '/settings/audit', scope: 'settings:read' },
    ],
  },
];

/** What this person finds in this workspace. A place that is not theirs is there for what they may open inside it, and leads to the first of that. */
export const placesFor = ({ scopes, kind }: { scopes: readonly string[]; kind: 'live' | 'sandbox' }): Place[] =>
  PLACES.flatMap((place): Place[] => {
    if (place.inSandbox && kind !== 'sandbox') return [];
    const inside = place.inside?.filter(({ scope }) => scopes.includes(scope));
    const [first] = inside ?? [];
    if (scopes.includes(place.scope)) return [{ ...place, ...(inside && { inside }) }];
    return first ? [{ ...place, ...first, name: place.name, icon: place.icon, ...(inside && { inside }) }] : [];
  });

/** Whether the open page lies under an address. */
export const isUnder = (pathname: string, address: string): boolean => pathname === address || pathname.startsWith(`${address}/`);
