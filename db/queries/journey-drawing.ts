/** What the designer asks while a journey is drawn: its versions with their notes, who else has it open, and how many customers a channel reaches. */
import type { Transaction } from '#db/connection.ts';
import { seenBy } from '#db/queries/seen-customers.ts';
import { CHANNEL_FACTS, CHANNELS, perChannel, type Channel } from '#domain/customers/channels.ts';

export type NotedVersionRow = { number: number; publishedAt: Date; publishedBy: string; name: string | null; note: string | null };

/** The versions, newest first, with the name of who published them when it is a person, and what they said about it. `subject` is the journey's id at the edge. */
export const listNotedVersions = (transaction: Transaction, journeyId: string, subject: string): Promise<NotedVersionRow[]> => transaction<NotedVersionRow[]>`
  select v.number, v.published_at as "publishedAt", v.published_by as "publishedBy", u.name,
         (select a.reason from audit_lines a where a.subject = ${subject} and a.action = 'journey.publish' and (a.after ->> 'version')::int = v.number order by a.id desc limit 1) as note
    from journey_versions v left join auth_users u on 'user:' || u.id = v.published_by
   where v.journey_id = ${journeyId} order by v.number desc limit 200`;

export type PresentRow = { actor: string; name: string | null; nodeId: string | null };

/** Says that `actor` has the journey open, at a step or at none, and answers who else has had in the last fifteen seconds. */
export async function markPresent(transaction: Transaction, workspaceId: string, journeyId: string, actor: string, nodeId: string | null): Promise<PresentRow[]> {
  await transaction`
    insert into journey_presence (workspace_id, journey_id, actor, node_id) values (${workspaceId}, ${journeyId}, ${actor}, ${nodeId})
    on conflict (journey_id, actor) do update set node_id = excluded.node_id, seen_at = clock_timestamp()`;
  return transaction<PresentRow[]>`
    select p.actor, u.name, p.node_id as "nodeId" from journey_presence p left join auth_users u on 'user:' || u.id = p.actor
     where p.journey_id = ${journeyId} and p.actor <> ${actor} and p.seen_at > clock_timestamp() - interval '15 seconds' order by u.name limit 20`;
}

export type ReachRow = { customers: number; languages: { language: string; customers: number }[] } & Record<Channel, { withAddress: number; agreed: number }>;

const MOST_LANGUAGES = 30;

/** All customers, or those that `storeIds` see, the languages that they read, those with an address of a channel, and those who have said yes to marketing there by their latest word. */
export async function countReach(transaction: Transaction, storeIds: readonly string[] | null): Promise<ReachRow> {
  const seen = (id: string) => (storeIds === null ? transaction`true` : transaction`${transaction(id)} in (${seenBy(transaction, storeIds)})`);
  const [all] = await transaction<{ count: number }[]>`select count(*)::int as count from customers where ${seen('id')}`;
  const rows = await transaction<{ kind: string; channel: string; withAddress: number; agreed: number }[]>`
    with word as (select distinct on (customer_id, channel) customer_id, channel, state from consents where purpose = 'marketing' order by customer_id, channel, id desc)
    select i.kind, c.channel, count(*)::int as "withAddress", count(*) filter (where w.state = 'granted')::int as agreed
      from (select distinct customer_id, kind from customer_identifiers
            union all select id, 'postal' from customers where profile ?& array['street', 'postalCode', 'city']
            union all select distinct customer_id, 'browser' from push_subscriptions where gone_at is null) i
      join unnest(${CHANNELS.map((channel) => CHANNEL_FACTS[channel].address)}::text[], ${[...CHANNELS]}::text[]) c(kind, channel) on c.kind = i.kind
      left join word w on w.customer_id = i.customer_id and w.channel = c.channel
     where ${seen('i.customer_id')} group by i.kind, c.channel`;
  const languages = await transaction<{ language: string; customers: number }[]>`
    select profile ->> 'language' as language, count(*)::int as customers from customers where profile ->> 'language' is not null and ${seen('id')} group by 1 order by 2 desc, 1 limit ${MOST_LANGUAGES}`;
  return { customers: all?.count ?? 0, languages: [...languages], ...perChannel((each) => {
    const found = rows.find(({ channel }) => channel === each);
    return { withAddress: found?.withAddress ?? 0, agreed: found?.agreed ?? 0 };
  }) };
}
