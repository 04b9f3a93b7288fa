/** What each role of a workspace may do, in the scopes that keys hold too: the one table behind the interface and the API alike. */
import { SCOPE_NAMES, type Scope } from '#engine/commands/scopes.ts';

export const ROLES = ['owner', 'marketer', 'campaignManager', 'merchant', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const READS: readonly Scope[] = ['events:read', 'customers:read', 'journeys:read', 'content:read', 'loyalty:read', 'messages:read', 'tasks:read', 'tills:read', 'places:read', 'settings:read', 'webhooks:read', 'imports:read'];

/** A merchant sees customers and the till, and draws journeys, of the stores given to them; only an owner gives keys, roles and accounts. */
export const ROLE_SCOPES: Record<Role, readonly Scope[]> = {
  owner: SCOPE_NAMES,
  marketer: [...READS, 'events:write', 'events:agree', 'customers:write', 'journeys:write', 'journeys:publish', 'content:write', 'loyalty:write', 'loyalty:redeem', 'tasks:write', 'places:write', 'imports:write', 'sandbox'],
  campaignManager: [...READS, 'journeys:write', 'journeys:publish', 'content:write', 'tasks:write', 'places:write', 'sandbox'],
  merchant: ['tills:read', 'tills:write', 'events:read', 'events:write', 'journeys:read', 'journeys:write', 'journeys:publish', 'customers:read', 'customers:write', 'loyalty:read', 'loyalty:redeem', 'messages:read', 'tasks:read', 'tasks:write'],
  viewer: READS,
};

/** What a paired till may do at the routes that are for tills (`forTills`), and at no other. */
export const TILL_SCOPES: readonly Scope[] = ['events:write', 'customers:read', 'customers:write', 'loyalty:read', 'loyalty:redeem'];
