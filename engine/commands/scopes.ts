/** What an API key may do. One list: keys hold some of it, routes ask for one each, the documentation prints it. */
export const SCOPES = {
  'events:write': 'Post events',
  'events:read': 'Read event types and quarantined events',
  'events:agree': 'Agree what the events of a type hold, and what becomes of unknown types',
  'customers:read': 'Read customers, their timelines and balances',
  'customers:write': 'Create and change customers, their attributes and consents',
  'journeys:read': 'Read journeys, their reports and the people in them',
  'journeys:write': 'Create journeys, change drafts, remove people by hand',
  'journeys:publish': 'Publish, pause, resume and stop journeys, let customers enter by hand',
  'content:read': 'Read and preview templates, and read pictures',
  'content:write': 'Write templates, and add, describe and remove pictures',
  'loyalty:read': 'Read programmes, offers and vouchers',
  'loyalty:write': 'Write programmes and offers',
  'loyalty:redeem': 'Redeem vouchers and rewards',
  'messages:read': 'Read messages and why they were or were not sent',
  'tasks:read': 'Read tasks of the staff and calls to make',
  'tasks:write': 'Add tasks and calls, and say how they ended',
  'tills:read': 'Read tills, whether they are paired, and who may stand at them',
  'tills:write': 'Add, pair, rename and revoke tills, and give PINs to their staff',
  'places:read': 'Read places, their codes and how often they were visited',
  'places:write': 'Create, change and close places, and renew their codes',
  'settings:read': 'Read stores, products, policy, accounts, keys and the audit log',
  'settings:write': 'Change stores, products, policy, accounts and keys',
  'webhooks:read': 'Read where webhooks go and come from, and what became of them',
  'webhooks:write': 'Make, change and test destinations and connectors, and send webhooks again',
  'imports:read': 'Read imports of files, and the rows that they refused',
  'imports:write': 'Bring customers, consents, families, products and purchases in from files',
  'sandbox': 'Read and jump the test clock of a sandbox',
} as const;

export type Scope = keyof typeof SCOPES;
export const SCOPE_NAMES = Object.keys(SCOPES) as [Scope, ...Scope[]];
