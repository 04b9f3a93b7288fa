/** The catalogue: products with price, cost, stock, categories and picture, found by a word (§13.2). */
import { z } from 'zod';
import { findProduct, listProductCategories, listProducts, PRODUCT_SHOWS, type ProductRow } from '#db/queries/products.ts';
import { PictureUrl } from '#domain/messages/email-blocks.ts';
import { TextVariants } from '#domain/shared/text-variants.ts';
import { archiveProduct, putProduct } from '#engine/commands/put-product.ts';
import { PermanentError } from '#engine/permanent-error.ts';
import { defineRoute, type InTransaction } from '#app/api/define-route.ts';
import { Iso, isoOrNull, pageOf, PageOf, pageQuery, readCursor, TEXT_KEY } from '#app/api/edge.ts';

const count = z.number().int();
const ProductOut = z.object({
  sku: z.string(), name: z.record(z.string(), z.string()), categories: z.array(z.string()), priceMinor: count, costMinor: count.nullable(), stock: count.nullable().meta({ description: 'Null: nobody counts, and there always are some.' }),
  picture: z.string().nullable().meta({ description: 'The path of a picture of the library, or an address on the web.' }), url: z.string().nullable().meta({ description: 'Where it is sold on the web.' }),
  available: z.boolean().meta({ description: 'Whether it can be bought now: messages leave out what cannot.' }), archivedAt: Iso.nullable(),
}).meta({ id: 'Product' });

const toProduct = ({ archivedAt, ...row }: ProductRow): z.input<typeof ProductOut> => ({ ...row, archivedAt: isoOrNull(archivedAt), available: archivedAt === null && row.stock !== 0 });
const params = z.object({ sku: z.string().min(1).max(200) });

async function read({ transaction }: Pick<InTransaction<unknown>, 'transaction'>, sku: string): Promise<z.input<typeof ProductOut>> {
  const row = await findProduct(transaction, sku);
  if (!row) throw new PermanentError('product.unknown', 'There is no such product.');
  return toProduct(row);
}

const MAXIMUM_MINOR = 1_000_000_000_000;
const Amount = count.nonnegative().max(MAXIMUM_MINOR);
const WebAddress = z.string().max(2_000).regex(/^https?:\/\/[^\s"<>]+$/, 'write an address that begins with https://');

const put = defineRoute({
  method: 'PUT', path: '/products/{sku}', noun: 'Products', summary: 'Add or change a product', scope: 'settings:write', orScope: 'content:write', params, response: ProductOut,
  description: 'A price that falls and a stock that comes back from 0 are events of the brand (`product.priceCut`, `product.backInStock`) when a live journey begins with them. `stock`, `picture` and `url` that are left out stay as they are; null takes them away.',
  example: { name: { fr: 'Robe 104 cm' }, categories: ['dresses'], priceMinor: 4_590, costMinor: 1_800, stock: 12, url: 'https://shop.example.com/robe' },
  body: z.strictObject({
    name: TextVariants, categories: z.array(z.string().trim().min(1).max(200)).max(50).default([]), priceMinor: Amount, costMinor: Amount.optional(), stock: count.nonnegative().max(1_000_000_000).nullable().optional(),
    picture: PictureUrl.nullable().optional(), url: WebAddress.nullable().optional(),
  }),
  async write(input) {
    await putProduct(input.command, { sku: input.params.sku, ...input.body });
    return { body: await read(input, input.params.sku) };
  },
});

const list = defineRoute({
  method: 'GET', path: '/products', noun: 'Products', summary: 'List and search products', scope: 'settings:read', orScope: 'content:read', response: PageOf(ProductOut),
  query: z.strictObject({
    ...pageQuery, search: z.string().max(200).default('').meta({ description: 'Each word begins a word of the article number, a name or a category; accents and case do not count.' }),
    category: z.string().max(200).optional(), show: z.enum(PRODUCT_SHOWS).default('all').meta({ description: '`available`: can be bought now. `current`: not archived.' }),
  }),
  async read({ transaction, query: { limit, after, search, category, show } }) {
    const rows = await listProducts(transaction, { after: readCursor(after, [TEXT_KEY])?.[0] ?? null, limit: limit + 1, search, category: category || null, show });
    return pageOf(rows, limit, ({ sku }) => [sku], toProduct);
  },
});

const MOST_CATEGORIES = 500;
const categories = defineRoute({
  method: 'GET', path: '/product-categories', noun: 'Products', summary: 'List the categories of products, the most usual first', scope: 'settings:read', orScope: 'content:read',
  response: z.object({ items: z.array(z.object({ category: z.string(), products: count })) }),
  read: async ({ transaction }) => ({ items: await listProductCategories(transaction, MOST_CATEGORIES) }),
});

const one = defineRoute({
  method: 'GET', path: '/products/{sku}', noun: 'Products', summary: 'Read a product', scope: 'settings:read', orScope: 'content:read', params, response: ProductOut, errors: ['product.unknown'],
  read: (input) => read(input, input.params.sku),
});

const archived = (act: 'archive' | 'restore', summary: string, description: string) => defineRoute({
  method: 'POST', path: `/products/{sku}/${act}`, noun: 'Products', summary, description, scope: 'settings:write', orScope: 'content:write', params, body: z.strictObject({}), response: ProductOut, errors: ['product.unknown'],
  async write(input) {
    await archiveProduct(input.command, input.params.sku, act === 'archive');
    return { body: await read(input, input.params.sku) };
  },
});

export const productRoutes = [
  put, list, categories, one, archived('archive', 'Take a product out of the assortment', 'Messages leave it out from their next hand-over on, and tills do not offer it. What was bought keeps its name.'),
  archived('restore', 'Bring a product back into the assortment', 'As it was.'),
];
