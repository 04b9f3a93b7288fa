/** Products of the catalogue as the API answers them, and what it is asked. */
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';

export type Product = {
  sku: string; name: Record<string, string>; categories: string[]; priceMinor: number; costMinor: number | null; /** Null: nobody counts. */ stock: number | null; picture: string | null; url: string | null; available: boolean; archivedAt: string | null;
};
export type ProductBody = { name: Record<string, string>; categories: string[]; priceMinor: number; costMinor?: number; stock: number | null; picture: string | null; url: string | null };
export const SHOWS = ['current', 'available', 'archived', 'all'] as const;
export type Show = (typeof SHOWS)[number];

export const nameOf = ({ name, sku }: Pick<Product, 'name' | 'sku'>, language: string, workspaceLanguage: string): string => chooseText(name, language, workspaceLanguage).text || sku;
export const stateOf = ({ archivedAt, available }: Product): 'archived' | 'out' | 'available' => (archivedAt ? 'archived' : available ? 'available' : 'out');
const path = (sku: string): string => `/products/${encodeURIComponent(sku)}`;

export const productApi = {
  list: (query: { search?: string; category?: string; show?: Show; after?: string | null; limit?: number }, signal?: AbortSignal) => api.get<Page<Product>>('/products', query, signal),
  get: (sku: string, signal?: AbortSignal) => api.get<Product>(path(sku), {}, signal),
  categories: (signal?: AbortSignal) => api.get<{ items: { category: string; products: number }[] }>('/product-categories', {}, signal),
  put: (sku: string, body: ProductBody) => api.put<Product>(path(sku), body),
  archive: (sku: string, act: 'archive' | 'restore') => api.post<Product>(`${path(sku)}/${act}`),
};
