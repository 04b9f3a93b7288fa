'use client';
/** What a field that a column stands for is called. */
import { useTranslations } from 'next-intl';
import { ATTRIBUTE_PREFIX, NAME_PREFIX } from '#domain/imports/import-kinds.ts';

export function useFieldName(): (name: string) => string {
  const t = useTranslations('imports');
  return (name) => {
    if (name.startsWith(ATTRIBUTE_PREFIX)) return t('attribute', { name: name.slice(ATTRIBUTE_PREFIX.length) });
    if (name.startsWith(NAME_PREFIX)) return `${t('fields.name')} (${name.slice(NAME_PREFIX.length)})`;
    return t(`fields.${name.replace('.', '_')}`);
  };
}
