/** The brand kit: logo, colours, typeface, and who sends, wherever a customer reads the brand. */
import { z } from 'zod';
import { findBrandKit } from '#db/queries/brand-kits.ts';
import { BrandKit } from '#domain/brand/brand-kit.ts';
import { checkBrandKit } from '#domain/brand/brand-facts.ts';
import { putBrandKit } from '#engine/commands/put-brand-kit.ts';
import { defineRoute } from '#app/api/define-route.ts';

const BrandKitOut = z.object({
  kit: BrandKit, findings: z.array(z.object({ what: z.enum(['accentOnPaper', 'noAddress']), figures: z.object({ contrast: z.number().optional() }) })).meta({ description: 'What should be looked at: `accentOnPaper`, links that stand out less than 4.5 to 1 from white; `noAddress`, mails that say not where they come from.' }),
}).meta({ id: 'BrandKit' });
const toOut = (kit: BrandKit): z.input<typeof BrandKitOut> => ({ kit, findings: checkBrandKit(kit) });

const get = defineRoute({
  method: 'GET', path: '/brand-kit', noun: 'Settings', summary: 'Read the brand kit', scope: 'content:read', response: BrandKitOut,
  read: async ({ transaction }) => toOut(await findBrandKit(transaction)),
});

const put = defineRoute({
  method: 'PUT', path: '/brand-kit', noun: 'Settings', summary: 'Replace the brand kit', scope: 'content:write', response: BrandKitOut, body: BrandKit,
  description: 'New e-mails begin with it, and the pages of customers (preferences, places, notifications) show it from now on. E-mails that are written keep their look. `logo.path` is the path of a picture of the library.',
  example: { logo: null, colours: { accent: '#b4532a', background: '#f6f1e7' }, font: 'serif', legal: { fr: 'Les Petits SAS, RCS Lyon 123 456 789', en: 'Les Petits SAS, registered in Lyon, 123 456 789' }, address: '3 rue des Lutins, 69002 Lyon', social: [{ network: 'instagram', url: 'https://www.instagram.com/lespetits' }] },
  async write({ command, body }) {
    await putBrandKit(command, body);
    return { body: toOut(body) };
  },
});

export const brandKitRoutes = [get, put];
