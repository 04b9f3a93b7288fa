'use client';
/** The kinds of steps by family that this person may add: whoever acts for some stores leaves out those that reach further (§11.8). */
import { isForStores } from '#domain/journeys/within-stores.ts';
import { useSession } from '#components/session.tsx';
import { FAMILIES } from './node-views.ts';

const FOR_STORES: typeof FAMILIES = FAMILIES.map(({ family, kinds }) => ({ family, kinds: kinds.filter(isForStores) })).filter(({ kinds }) => kinds.length > 0);

export const useFamilies = (): typeof FAMILIES => (useSession().stores === null ? FAMILIES : FOR_STORES);
