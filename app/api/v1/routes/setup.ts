/** The guide that knows where one stands: what the caller can still do before a journey reaches their own customers. */
import { z } from 'zod';
import { readSetup, SETUP_STEPS } from '#engine/read-setup.ts';
import { defineRoute } from '#app/api/define-route.ts';

const KEYS = SETUP_STEPS.map(({ key }) => key);

const setup = defineRoute({
  method: 'GET', path: '/setup', noun: 'Workspace', summary: 'Say how far the workspace is set up', scope: 'customers:read',
  description: 'The steps that the caller’s rights open, each done as facts say: there are customers, an e-mail sender, a store, a second member, a paired till, a joining poster, a purchase (of a merchant’s stores, when a merchant asks), a template, a journey, a simulation, a published version.',
  response: z.object({ steps: z.array(z.object({ key: z.enum(KEYS), address: z.string().meta({ description: 'The page where it is done.' }), done: z.boolean() })) }),
  async read({ transaction, engine, workspaceId, scopes, storeIds }) {
    return { steps: await readSetup(transaction, workspaceId, scopes, engine.vendorAccounts, storeIds) };
  },
});

export const setupRoutes = [setup];
