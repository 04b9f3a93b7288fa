/** How the posts of a shop become our events: rules, each with its conditions, and where each field of its event is found (§11.4). */
import { z } from 'zod';
import { isTimeZone } from '#domain/shared/time.ts';
import { CONDITION_KINDS } from './connector-kinds.ts';
import { AmountSource } from './read-amount.ts';
import { ListPath, Source } from './source.ts';

export const PostCondition = z.strictObject({ value: Source, is: z.enum(CONDITION_KINDS), values: z.array(z.string().max(200)).max(50).optional() })
  .refine(({ is, values }) => (is === 'present' || is === 'absent') || (values?.length ?? 0) > 0, { message: 'Name at least one value.', path: ['values'] });
export type PostCondition = z.infer<typeof PostCondition>;

export const MAPPED_IDENTIFIERS = ['externalId', 'card', 'email', 'phone'] as const;
export const MAPPED_PROFILE = ['firstName', 'lastName', 'language', 'country', 'street', 'postalCode', 'city', 'birthDate', 'gender'] as const;
const optional = Source.optional();

const Lines = z.strictObject({
  each: ListPath, lineId: Source, sku: optional, quantity: AmountSource.optional(), amount: AmountSource.optional(),
  /** An amount that came back without its lines: spread over them by their amounts. */
  spread: AmountSource.optional(),
});
const Order = z.strictObject({ orderId: Source, amount: AmountSource.optional(), currency: optional, lines: Lines.optional() });

export const MappingRule = z.strictObject({
  name: z.string().trim().min(1).max(120),
  when: z.array(PostCondition).max(20).default([]),
  /** One event for each element, which `@` then names; without it one for the post. */
  each: ListPath.optional(),
  type: z.string().regex(/^[a-z][a-zA-Z0-9_-]*(\.[a-zA-Z0-9_-]+)*$/, 'A type begins with a small letter and has letters, digits, _ and -, with dots between words.').max(100),
  /** The same for the same happening: what comes twice is taken once. */
  id: Source,
  occurredAt: optional,
  store: optional,
  customer: z.strictObject({
    externalId: optional, card: optional, email: optional, phone: optional,
    firstName: optional, lastName: optional, language: optional, country: optional, street: optional, postalCode: optional, city: optional, birthDate: optional, gender: optional,
  }).default({}),
  order: Order.optional(),
  properties: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'A property is named by letters, digits and _, beginning with a letter.'), Source).default({}),
});
export type MappingRule = z.infer<typeof MappingRule>;

export const ConnectorMapping = z.strictObject({
  formatVersion: z.literal(1).default(1),
  amounts: z.enum(['decimal', 'minor']).default('decimal'),
  /** Of times that name no offset; the workspace's when absent. */
  zone: z.string().refine(isTimeZone, 'A time zone is named as in the IANA list, such as Europe/Paris.').optional(),
  rules: z.array(MappingRule).min(1).max(20),
});
export type ConnectorMapping = z.infer<typeof ConnectorMapping>;
