'use client';
/** What the designer asks of /api/v1, and what the routes answer. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ExplainedPart } from '#domain/audiences/explain-condition.ts';
import type { EntryConsent, Journey } from '#domain/journeys/definition.ts';
import type { EntryCap } from '#domain/journeys/entry-cap.ts';
import type { Validity } from '#domain/offers/offer.ts';
import type { Readers } from '#domain/messages/missing-languages.ts';
import type { Surroundings } from '#domain/journeys/warn.ts';
import type { References } from '#domain/journeys/node-kind.ts';
import { toldBy } from '#domain/audiences/standing.ts';
import { BUSINESS_EVENT_TYPES, SYSTEM_EVENT_TYPES } from '#domain/events/customer-event.ts';
import { VISIT_EVENT } from '#domain/places/place.ts';
import { parseId } from '#domain/shared/ids.ts';
import { api, type Page } from '#components/api-client.ts';
import type { Names } from './speech.ts';

export type JourneyStatus = 'draft' | 'live' | 'paused' | 'stopped';
export type JourneyDetail = { id: string; key: string; name: string; status: JourneyStatus; drains: boolean; draftRevision: number; people: number; liveVersion: { id: string; number: number; publishedAt: string } | null; updatedAt: string; archivedAt: string | null; draft: Journey };
export type NodeFigures = { nodeId: string; waiting: number; passed: Record<string, number>; capped: number; stopped: number; failedHere: number; /** Until when those here wait; null when nobody does. */ wait: { next: string | null; last: string | null; endless: number } | null; failed: { code: string; count: number }[]; messages: { channel: string; status: string; reason: string | null; count: number }[] };
type Counted = { entered: number; endings: { ending: string; detail: string | null; count: number }[]; refusedEntries: { code: string; count: number }[] };
export type Report = Counted & {
  inside: number; versions: { id: string; number: number; publishedAt: string; publishedBy: string }[]; nodes: NodeFigures[];
  /** Since midnight of the workspace's time zone. */
  today: Counted & { since: string; passed: { nodeId: string; port: string; count: number }[] };
};
type Ways = Record<string, Record<string, number>>;
/** The report, its nodes by id; what passed on the day by node and way out. */
export type Figures = Omit<Report, 'nodes' | 'today'> & { nodes: Record<string, NodeFigures>; today: Omit<Report['today'], 'passed'> & { passed: Ways } };
export type JourneyDay = { date: string; entered: number; left: number; failed: number };
type DayReport = Counted & { date: string; inside: number; isEstimate: boolean; nodes: Pick<NodeFigures, 'nodeId' | 'waiting' | 'passed' | 'capped' | 'stopped' | 'failedHere'>[]; onDay: Report['today'] };
const waysOf = (passed: Report['today']['passed']): Ways => {
  const ways: Ways = {};
  for (const { nodeId, port, count } of passed) (ways[nodeId] ??= {})[port] = count;
  return ways;
};
export type NotedVersion = { number: number; publishedAt: string; publishedBy: string; note: string | null };
/** Somebody else who has the journey open, and the step they are at. */
export type Present = { name: string; nodeId: string | null };
export type Person = { id: string; customerId: string; name: string | null; nodeId: string; versionNumber: number; enteredAt: string; wakeAt: string | null; endedAt: string | null; ending: string | null; failure: string | null };
export type WhichPeople = { nodeId?: string; find?: string; who?: 'inside' | 'failed' | 'left' };
export type CustomerPath = { enrollmentId: string; name: string | null; versionNumber: number; nodeId: string; enteredAt: string; endedAt: string | null; ending: string | null; entries: number; steps: { kind: string; nodeId: string | null; visit: number | null; port: string | null; at: string }[] };

type WhyNot = { code: string; figures?: Record<string, unknown> };
export type EntryCheck = {
  state: 'inside' | 'mayEnter' | 'refused'; reason: WhyNot | null; heldOut: boolean; entries: number; lastEnteredAt: string | null;
  trigger: { happened: boolean | null; type: string | null; lastAt: string | null; inStores: boolean | null; where: ExplainedPart[] };
  moments: { whose: 'customer' | 'relative' | 'contract'; name: string | null; date: string; nextAt: string | null }[] | null;
  audience: ExplainedPart[]; consent: (EntryConsent & { holds: boolean }) | null; cap: (EntryCap & { entered: number }) | null; refusals: { at: string; reason: WhyNot }[];
};

const journeyPath = (journeyId: string): string => `/journeys/${journeyId}`;

export const journeyApi = {
  read: (journeyId: string) => api.get<JourneyDetail>(journeyPath(journeyId)),
  saveDraft: (journeyId: string, revision: number, draft: Journey) => api.put<{ draftRevision: number }>(`${journeyPath(journeyId)}/draft`, { revision, draft }),
  version: (journeyId: string, number: number) => api.get<{ definition: Journey }>(`${journeyPath(journeyId)}/versions/${number}`),
  versions: (journeyId: string) => api.get<{ items: NotedVersion[] }>(`${journeyPath(journeyId)}/versions`),
  present: (journeyId: string, nodeId: string | null) => api.post<{ draftRevision: number; others: Present[] }>(`${journeyPath(journeyId)}/presence`, { nodeId }),
  reach: () => api.get<NonNullable<Surroundings['reach']> & { languages: Readers }>('/journeys/reach'),
  people: (journeyId: string, body: WhichPeople & { after?: string; limit?: number }) => api.post<Page<Person>>(`${journeyPath(journeyId)}/people/search`, body),
  remove: (journeyId: string, enrollmentId: string, reason: string) => api.post<{ removed: boolean }>(`${journeyPath(journeyId)}/enrollments/${enrollmentId}/remove`, { reason }),
  entryCheck: (journeyId: string, customerId: string) => api.get<EntryCheck>(`${journeyPath(journeyId)}/entry-check/${customerId}`),
  path: (journeyId: string, customerId: string) => api.get<CustomerPath>(`${journeyPath(journeyId)}/path/${customerId}`),
  report: async (journeyId: string): Promise<Figures> => {
    const { nodes, today, ...report } = await api.get<Report>(`${journeyPath(journeyId)}/report`);
    return { ...report, today: { ...today, passed: waysOf(today.passed) }, nodes: Object.fromEntries(nodes.map((node) => [node.nodeId, node])) };
  },
  days: async (journeyId: string) => (await api.get<{ items: JourneyDay[] }>(`${journeyPath(journeyId)}/days`)).items,
  day: async (journeyId: string, date: string): Promise<Figures & { isEstimate: boolean }> => {
    const { nodes, onDay, ...day } = await api.get<DayReport>(`${journeyPath(journeyId)}/days/${date}`);
    return { ...day, versions: [], today: { ...onDay, passed: waysOf(onDay.passed) }, nodes: Object.fromEntries(nodes.map((node) => [node.nodeId, { ...node, failed: [], messages: [], wait: null }])) };
  },
};

/** What pickers offer and references are checked against. Lists end at 1,000 entries. */
export type Catalogue = {
  templates: { key: string; name: string; channel: string; languages: string[] }[];
  offers: { key: string; name: string; validity: Validity }[];
  programmes: { key: string; name: string }[];
  categories: { key: string; name: string; transactional: boolean }[];
  stores: { id: string; externalId: string; name: string }[];
  places: { key: string; name: string }[];
  eventTypes: { type: string; sample: unknown }[];
  /** Names of the attributes that customers have. */
  attributes: string[];
};
const EMPTY: Catalogue = { attributes: [], templates: [], offers: [], programmes: [], categories: [], stores: [], places: [], eventTypes: [] };

async function all<T>(path: string): Promise<T[]> {
  const items: T[] = [];
  let next: string | null = null;
  for (let page = 0; page < 5; page += 1) {
    const answer: Page<T> = await api.get<Page<T>>(path, { limit: 200, after: next });
    items.push(...answer.items);
    next = answer.next;
    if (next === null) break;
  }
  return items;
}

type Variants = Record<string, string>;
const nameIn = (name: Variants, locale: string, key: string): string => name[locale] ?? Object.values(name)[0] ?? key;

async function readCatalogue(locale: string, isLimited: boolean): Promise<Catalogue> {
  const [templates, offers, programmes, policy, stores, places, eventTypes, attributes] = await Promise.all([
    all<Catalogue['templates'][number]>('/templates'),
    all<{ offer: { key: string; name: Variants; validity: Validity } }>('/offers'),
    all<{ programme: { key: string; name: Variants } }>('/programmes'),
    api.get<{ policy: { categories: { key: string; names: Variants; transactional: boolean }[] } }>('/pressure-policy'),
    all<{ id: string; name: string; externalId: string }>('/stores'),
    // Whoever acts for some stores begins no journey at a place.
    isLimited ? [] : all<{ key: string; name: string }>('/places'),
    all<{ type: string; sample: unknown }>('/event-types'),
    // Who may not see customers names attributes by hand.
    api.get<{ items: { name: string }[] }>('/audiences/attributes').then(({ items }) => items.map(({ name }) => name), () => []),
  ]);
  return {
    templates, places, eventTypes, attributes,
    // Conditions compare with the id as it is kept.
    stores: stores.map(({ id, externalId, name }) => ({ id: parseId('store', id) ?? id, externalId, name })),
    offers: offers.map(({ offer: { key, name, validity } }) => ({ key, name: nameIn(name, locale, key), validity })),
    programmes: programmes.map(({ programme: { key, name } }) => ({ key, name: nameIn(name, locale, key) })),
    categories: policy.policy.categories.map(({ key, names, transactional }) => ({ key, name: nameIn(names, locale, key), transactional })),
  };
}

/** The catalogue of the workspace, or what of it concerns whoever acts for some stores (`isLimited`); `ready` tells whether it may be checked against. */
export function useCatalogue(locale: string, isLimited: boolean): { catalogue: Catalogue; ready: boolean } {
  const { data } = useQuery({ queryKey: ['designer', 'catalogue', locale], queryFn: () => readCatalogue(locale, isLimited), staleTime: 60_000 });
  return { catalogue: data ?? EMPTY, ready: data !== undefined };
}

const byKey = (list: { key: string; name: string }[]): Record<string, string> => Object.fromEntries(list.map(({ key, name }) => [key, name]));

export function useNames(catalogue: Catalogue, currency: string): Names {
  return useMemo(() => ({
    templates: byKey(catalogue.templates), offers: byKey(catalogue.offers), programmes: byKey(catalogue.programmes), categories: byKey(catalogue.categories),
    stores: Object.fromEntries(catalogue.stores.flatMap(({ id, externalId, name }) => [[id, name], [externalId, name]])), places: byKey(catalogue.places), currency,
  }), [catalogue, currency]);
}

export const referencesOf = ({ templates, offers, programmes, categories, stores }: Catalogue): References => ({
  stores: new Set(stores.map(({ externalId }) => externalId)),
  templates: new Map(templates.map(({ key, channel }) => [key, channel])),
  offers: new Set(offers.map(({ key }) => key)), programmes: new Set(programmes.map(({ key }) => key)), categories: new Set(categories.map(({ key }) => key)),
});

/** Types seen so far, then those that the product itself writes; not those of segments, scores and tiers, of which nothing tells. */
export const knownEventTypes = ({ eventTypes }: Catalogue): string[] => [...new Set(['purchase', VISIT_EVENT, ...eventTypes.map(({ type }) => type), ...BUSINESS_EVENT_TYPES, ...SYSTEM_EVENT_TYPES.filter((type) => toldBy(type) === null)])];
