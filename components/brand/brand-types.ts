'use client';
/** The brand kit as the API answers it, and what a new e-mail takes of it. */
import { useQuery } from '@tanstack/react-query';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { footerLines } from '#domain/brand/brand-facts.ts';
import { api } from '#components/api-client.ts';
import { useSession } from '#components/session.tsx';
import type { Styled } from '#components/templates/new-document.ts';

export type KitAnswer = { kit: BrandKit };
export const brandApi = { get: (signal?: AbortSignal) => api.get<KitAnswer>('/brand-kit', {}, signal), put: (kit: BrandKit) => api.put<KitAnswer>('/brand-kit', kit) };

export const styleOf = (kit: BrandKit, language: string, workspaceLanguage: string): Styled => ({ ...kit, footer: footerLines(kit, language, workspaceLanguage).join(' · ') });

export const useBrandKit = () => useQuery({ queryKey: ['brandKit'], staleTime: 60_000, retry: 1, queryFn: ({ signal }) => brandApi.get(signal) });

/** The look of the brand for an e-mail in a language; none while it is not known. */
export function useStyle(): { isPending: boolean; style: (language: string) => Styled | undefined } {
  const { workspace } = useSession();
  const { data, isPending } = useBrandKit();
  return { isPending, style: (language) => (data ? styleOf(data.kit, language, workspace.language) : undefined) };
}
