/** Whom a condition concerns, counted as it is typed; and what it may be about: the attributes and values seen so far. */
import { z } from 'zod';
import { listAttributes, listValues, type SeenIn } from '#db/queries/seen-values.ts';
import { Condition } from '#domain/audiences/condition.ts';
import { fieldType } from '#domain/audiences/fields.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { perChannel } from '#domain/customers/channels.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok } from '#domain/shared/result.ts';
import { countAudience } from '#engine/count-audience.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id } from '#app/api/edge.ts';
import { ApiError, unwrap } from '#app/api/problem.ts';

/** Within a second, the way to the database and back included. */
const LIMIT_MS = 700;
const count = z.number().int();
const Reach = z.object({ withAddress: count, agreed: count });

const countRoute = defineRoute({
  method: 'POST', path: '/audiences/count', noun: 'Customers', summary: 'Count the customers that a condition holds for', scope: 'customers:read',
  description: 'By the rules that journeys use, within a second: with very many customers the answer is projected from those that could be looked at, and says so. A condition on the event in hand concerns nobody before there is one: `audience` is null.',
  body: z.strictObject({ condition: Condition }),
  response: z.object({
    audience: z.object({
      customers: count, inAll: count.meta({ description: 'All customers of the workspace.' }), isEstimate: z.boolean(), looked: count, examples: z.array(z.object({ id: Id('customer'), name: z.string().nullable() })), ...perChannel(() => Reach),
    }).nullable(),
  }),
  async read({ transaction, workspaceId, storeIds, body: { condition } }) {
    const problems = validateCondition(condition, ['body', 'condition']);
    unwrap(problems.length > 0 ? fail(...problems) : ok(null));
    const audience = await countAudience(transaction, workspaceId, condition, LIMIT_MS, storeIds);
    return { audience: audience && { ...audience, examples: audience.examples.map(({ id, name }) => ({ id: formatId('customer', id), name })) } };
  },
});

const attributes = defineRoute({
  method: 'GET', path: '/audiences/attributes', noun: 'Customers', summary: 'List the attributes that customers have, the most frequent first', scope: 'customers:read',
  description: 'Among the newest customers, 20,000 at most.',
  response: z.object({ items: z.array(z.object({ name: z.string(), count })) }),
  async read({ transaction, storeIds }) {
    return { items: await listAttributes(transaction, storeIds) };
  },
});

/** Where the values of a field are seen; null where there are none to choose from: figures, dates, balances. */
function seenIn(field: string, event: string | undefined): SeenIn | null {
  const [root = '', name = '', ...rest] = field.split('.');
  if (root === 'properties' && event !== undefined) return { in: 'event', type: event, path: [name, ...rest] };
  const type = fieldType(field);
  if (root === 'event' && name === 'properties' && event !== undefined && rest.length > 0) return { in: 'event', type: event, path: rest };
  if (root !== 'customer' || type === null) return null;
  if (name === 'attributes') return { in: 'attribute', name: rest[0] ?? '' };
  return type === 'list' ? { in: 'tags' } : type === 'text' ? { in: 'profile', name } : null;
}

const values = defineRoute({
  method: 'POST', path: '/audiences/values', noun: 'Customers', summary: 'List the values that a field has had, the most frequent first', scope: 'customers:read',
  description: 'A POST, so that no value stands in a URL or a log. Among the newest 20,000 customers, or 5,000 events of the type; a field that is no text, such as a figure or a date, has none to choose from and gives an empty list.',
  body: z.strictObject({
    field: z.string().min(1).max(200).meta({ description: 'As a condition names it: `customer.city`, `customer.attributes.size`, `event.properties.channel`, or `properties.channel` inside a count.' }),
    event: z.string().min(1).max(100).optional().meta({ description: 'The type of the event, where the field is one of its properties.' }),
    find: z.string().max(200).default('').meta({ description: 'What the values begin with.' }), limit: z.number().int().min(1).max(50).default(20),
  }),
  example: { field: 'customer.city', find: 'Ly' },
  response: z.object({ items: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count })) }),
  async read({ transaction, workspaceId, storeIds, body: { field, event, find, limit } }) {
    if (fieldType(field) === null && fieldType(field, 'event') === null) throw new ApiError('request.invalid', 'The request is not valid.', [{ code: 'condition.field', message: `No condition can ask about «${field}».`, path: ['body', 'field'] }]);
    const seen = seenIn(field, event);
    return { items: seen ? await listValues(transaction, workspaceId, seen, { find, limit, storeIds }) : [] };
  },
});

export const audienceRoutes = [countRoute, attributes, values];
