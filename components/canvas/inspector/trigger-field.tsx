'use client';
/** Chooses what takes people in: an event, an event of the brand, a date, or a recurring moment. What belongs to the calendar is loaded when it is chosen. */
import { MultiSelect, NativeSelect } from '@mantine/core';
import dynamic from 'next/dynamic';
import type { JourneyEntry, Reentry } from '#domain/journeys/definition.ts';
import type { Trigger } from '#domain/journeys/trigger.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import { useSession } from '#components/session.tsx';
import { EventField } from './event-field.tsx';
import { ANY_PLACE, beginsAtPlace } from './place-matcher.ts';

const PlaceField = dynamic(() => import('./place-field.tsx').then((loaded) => loaded.PlaceField), { ssr: false });
const CalendarFields = dynamic(() => import('./calendar-fields.tsx').then((loaded) => loaded.CalendarFields), { ssr: false });

type Entry = Omit<JourneyEntry, 'next'>;
/** A visit is an event of the customer like any other; it has a line of its own because people look for it by that name. */
const KINDS = ['event', 'place', 'date', 'recurring', 'business'] as const satisfies readonly (Trigger['kind'] | 'place')[];
type Kind = (typeof KINDS)[number];

const BEGINNINGS: { [K in Trigger['kind']]: Extract<Trigger, { kind: K }> } & { place: Trigger } = {
  place: { kind: 'event', event: ANY_PLACE },
  event: { kind: 'event', event: { type: 'purchase' } },
  business: { kind: 'business', event: { type: 'store.opened' } },
  date: { kind: 'date', of: { whose: 'customer', field: 'birthDate' }, repeats: 'yearly', timeOfDay: '09:00', leapDay: 'february28' },
  recurring: { kind: 'recurring', anchor: 'createdAt', every: { freq: 'monthly', interval: 1 }, timeOfDay: '09:00', leapDay: 'february28' },
};

/** Each occurrence of the calendar is a run of its own, so that two birthdays in one week do not get in each other's way. */
export const PER_OCCURRENCE: Reentry = { mode: 'perKey', property: 'occurrence' };
export const isPerOccurrence = (reentry: Reentry): boolean => reentry.mode === 'perKey' && reentry.property === 'occurrence';

/** A re-entry rule that suits the kind; one that suits it already stays. */
function reentryFor(kind: Kind, reentry: Reentry): Reentry {
  if (kind === 'date' || kind === 'recurring') return PER_OCCURRENCE;
  return isPerOccurrence(reentry) || (kind === 'business' && reentry.mode === 'onceEver') ? { mode: 'afterExit', gapFrom: 'end' } : reentry;
}

type EventTrigger = Extract<Trigger, { kind: 'event' }>;

/** In which stores the event has to happen. Whoever acts for some stores chooses among theirs, and always one at least. */
function StoresField({ value, onChange }: { value: EventTrigger; onChange: (trigger: EventTrigger) => void }) {
  const { words } = useSpeech();
  const own = useSession().stores;
  const { stores } = useNamedCatalogue();
  const { stores: chosen = [], ...anywhere } = value;
  const known = own ?? stores;
  if (known.length === 0 && chosen.length === 0) return null;
  const data = [...known.map(({ externalId, name }) => ({ value: externalId, label: name })), ...chosen.filter((key) => !known.some(({ externalId }) => externalId === key)).map((key) => ({ value: key, label: key }))];
  const choose = (keys: string[]): void => { if (keys.length > 0 || own === null) onChange(keys.length > 0 ? { ...anywhere, stores: keys } : anywhere); };
  return <MultiSelect label={words(own ? 'entryForm.theirStores' : 'entryForm.onlyIn')} description={words(own ? 'entryForm.theirStoresHelp' : 'entryForm.onlyInHelp')} placeholder={chosen.length === 0 ? words('entryForm.anyStore') : ''} searchable readOnly={own?.length === 1 && chosen.length === 1} data={data} value={[...chosen]} onChange={choose} />;
}

export function TriggerField({ entry, onChange }: { entry: Entry; onChange: (entry: Entry) => void }) {
  const { words } = useSpeech();
  const { trigger } = entry;
  const kind = beginsAtPlace(trigger) ? 'place' : trigger.kind;
  const own = useSession().stores;
  const kinds = own === null ? KINDS : KINDS.filter((each) => each === 'event' || each === kind);
  const choose = (chosen: Kind): void => onChange({ ...entry, trigger: BEGINNINGS[chosen], reentry: reentryFor(chosen, entry.reentry) });
  return (
    <>
      <NativeSelect label={words('entryForm.trigger')} value={kind} data={kinds.map((kind) => ({ value: kind, label: words(`entryForm.kind.${kind}`) }))}
        onChange={({ currentTarget: { value } }) => { const kind = KINDS.find((each) => each === value); if (kind) choose(kind); }} />
      {kind === 'place' && 'event' in trigger
        ? <PlaceField value={trigger.event} onChange={(event) => onChange({ ...entry, trigger: { ...trigger, event } })} />
        : 'event' in trigger
        ? <EventField key={trigger.kind} label={words(trigger.kind === 'event' ? 'form.event' : 'entryForm.businessEvent')} value={trigger.event} onChange={(event) => onChange({ ...entry, trigger: { ...trigger, event } })} />
        : <CalendarFields trigger={trigger} onChange={(changed) => onChange({ ...entry, trigger: changed })} />}
      {trigger.kind === 'event' && <StoresField value={trigger} onChange={(changed) => onChange({ ...entry, trigger: changed })} />}
    </>
  );
}
