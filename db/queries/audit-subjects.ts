/** What the things that audit lines speak of are called today: journeys, customers, keys, destinations, invitations, templates, programmes, offers and stores. */
import type { Transaction } from '#db/connection.ts';
import { parseId } from '#domain/shared/ids.ts';

/** The noun of the action, and its subject: an edge id, or a key. */
export type AuditSubject = { noun: string; subject: string };

/** Nouns whose subject is the edge id of something that has a name. */
const BY_ID = { journey: 'journey', customer: 'customer', reward: 'customer', apiKey: 'apiKey', destination: 'destination', connector: 'connector', invitation: 'invitation', till: 'till', staff: 'staff' } as const;
const isNamedById = (noun: string): noun is keyof typeof BY_ID => Object.hasOwn(BY_ID, noun);

/** Names by noun and subject, as `{noun} {subject}`; what is gone or has none is not in it. A name in several languages is the first. */
export async function nameSubjects(transaction: Transaction, subjects: readonly AuditSubject[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>(subjects.flatMap(({ noun, subject }) => {
    const id = isNamedById(noun) ? parseId(BY_ID[noun], subject) : null;
    return id === null ? [] : [[`${noun} ${subject}`, id] as const];
  }));
  const uuids = [...new Set(ids.values())];
  const keys = [...new Set(subjects.filter(({ noun }) => !isNamedById(noun)).map(({ subject }) => subject))];
  if (uuids.length + keys.length === 0) return new Map();
  const rows = await transaction<{ noun: string | null; subject: string; name: string | null }[]>`
    select null as noun, id::text as subject, name from journeys where id = any(${uuids}::uuid[])
    union all select null, id::text, name from api_keys where id = any(${uuids}::uuid[])
    union all select null, id::text, name from connectors where id = any(${uuids}::uuid[])
    union all select null, id::text, name from tills where id = any(${uuids}::uuid[])
    union all select null, id::text, name from till_staff where id = any(${uuids}::uuid[])
    union all select null, id::text, email from invitations where id = any(${uuids}::uuid[])
    union all select null, id::text, name from destinations where id = any(${uuids}::uuid[])
    union all select null, id::text, nullif(concat_ws(' ', profile ->> 'firstName', profile ->> 'lastName'), '') from customers where id = any(${uuids}::uuid[])
    union all select 'template', key, name from templates where key = any(${keys}::text[])
    union all select 'store', external_id, name from stores where external_id = any(${keys}::text[])
    union all select 'programme', key, (select value from jsonb_each_text(definition -> 'name') limit 1) from programmes where key = any(${keys}::text[])
    union all select 'offer', key, (select value from jsonb_each_text(definition -> 'name') limit 1) from offers where key = any(${keys}::text[])`;
  const named = new Map<string, string>(rows.flatMap(({ noun, subject, name }) => (name === null ? [] : [[noun === null ? subject : `${noun} ${subject}`, name] as const])));
  return new Map(subjects.flatMap(({ noun, subject }) => {
    const place = `${noun} ${subject}`;
    const name = named.get(ids.get(place) ?? place);
    return name === undefined ? [] : [[place, name] as const];
  }));
}
