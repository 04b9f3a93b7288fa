'use client';
/** Hands the words of the language, the names of the workspace's things and what pickers offer to every part of the designer. */
import { useLocale, useTranslations } from 'next-intl';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { NO_NAMES, type Names, type Speech } from './speech.ts';
import type { Catalogue } from './journey-api.ts';

const Context = createContext<{ names: Names; catalogue: Catalogue }>({ names: NO_NAMES, catalogue: { templates: [], offers: [], programmes: [], categories: [], stores: [], places: [], eventTypes: [], attributes: [] } });

export function DesignerNames({ names, catalogue, children }: { names: Names; catalogue: Catalogue; children: ReactNode }) {
  const value = useMemo(() => ({ names, catalogue }), [names, catalogue]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export const useNamedCatalogue = (): Catalogue => useContext(Context).catalogue;

export function useSpeech(): Speech {
  const words = useTranslations('canvas');
  const locale = useLocale();
  const { names } = useContext(Context);
  return useMemo(() => ({ words: (key, values) => words(key, values), locale: locale === 'en' ? 'en-GB' : locale, names }), [words, locale, names]);
}
