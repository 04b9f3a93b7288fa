/** Whom a condition concerns: counted as it is typed. */
import { z } from 'zod';
import { Condition } from '#domain/audiences/condition.ts';
import { validateCondition } from '#domain/audiences/validate-condition.ts';
import { perChannel } from '#domain/customers/channels.ts';
import { formatId } from '#domain/shared/ids.ts';
import { fail, ok } from '#domain/shared/result.ts';
import { countAudience } from '#engine/count-audience.ts';
import { defineRoute } from '#app/api/define-route.ts';
import { Id } from '#app/api/edge.ts';
import { unwrap } from '#app/api/problem.ts';

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
  async read({ transaction, workspaceId, body: { condition } }) {
    const problems = validateCondition(condition, ['body', 'condition']);
    unwrap(problems.length > 0 ? fail(...problems) : ok(null));
    const audience = await countAudience(transaction, workspaceId, condition, LIMIT_MS);
    return { audience: audience && { ...audience, examples: audience.examples.map(({ id, name }) => ({ id: formatId('customer', id), name })) } };
  },
});

export const audienceRoutes = [countRoute];
