'use client';
/** The languages of a template, one tab each; one can be added as a copy of the open one, or removed while another stays. */
import { ActionIcon, Button, Popover, Tabs, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { addLanguage, removeLanguage } from '#components/templates/template-types.ts';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { useFormats } from '#components/use-formats.ts';

/** What a tag may be: loaded when one is asked for. */
const loadTag = async () => (await import('#domain/customers/profile.ts')).LanguageTag;

type Props = { content: TemplateContent; language: string; readOnly: boolean; onContent: (content: TemplateContent) => void; onLanguage: (language: string) => void };

export function LanguageTabs({ content, language, readOnly, onContent, onLanguage }: Props) {
  const t = useTranslations('templates');
  const formats = useFormats();
  const [tag, setTag] = useState('');
  const [asks, setAsks] = useState(false);
  const tags = Object.keys(content.variants);
  const fits = useLoaded(asks, loadTag)?.safeParse(tag).success === true && !tags.includes(tag);
  const add = (): void => {
    if (!fits) return;
    onContent(addLanguage(content, tag, language));
    onLanguage(tag);
    setTag('');
    setAsks(false);
  };
  const remove = (): void => {
    onContent(removeLanguage(content, language));
    onLanguage(tags.find((one) => one !== language) ?? language);
  };
  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
      <Tabs.List aria-label={t('languages')} style={{ flex: 1 }}>{tags.map((one) => <Tabs.Tab key={one} value={one} style={{ textTransform: 'capitalize' }}>{formats.language(one)}</Tabs.Tab>)}</Tabs.List>
      {!readOnly && (
        <Popover opened={asks} onChange={setAsks} trapFocus position="bottom-end">
          <Popover.Target><ActionIcon aria-label={t('addLanguage')} onClick={() => setAsks(!asks)}><IconPlus size={16} /></ActionIcon></Popover.Target>
          <Popover.Dropdown>
            <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); add(); }} style={{ display: 'flex', gap: 8, alignItems: 'flex-end' }}>
              <TextInput label={t('languageTag')} placeholder="en" value={tag} onChange={(event) => setTag(event.currentTarget.value)} w={120} />
              <Button type="submit" disabled={!fits}>{t('addLanguage')}</Button>
            </form>
          </Popover.Dropdown>
        </Popover>
      )}
      {!readOnly && tags.length > 1 && <ActionIcon aria-label={t('removeLanguage', { language: formats.language(language) })} onClick={remove}><IconTrash size={16} /></ActionIcon>}
    </div>
  );
}
