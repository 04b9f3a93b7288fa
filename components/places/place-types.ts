/** A place as the API answers it. */
import type { Channel } from '#domain/customers/channels.ts';

export const PLACE_KINDS = ['qr', 'place', 'device'] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number] | 'join';
export type Place = {
  id: string; key: string; name: string; kind: PlaceKind; store: string | null; storeName: string | null; area: { latitude: number; longitude: number; radiusMeters: number } | null;
  invitation: Record<string, string>; asksFor: Channel[]; url: string; createdAt: string; closedAt: string | null; visits: number; visitors: number;
};
