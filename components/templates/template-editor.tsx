'use client';
/** A template: what it says in each language beside what a customer would read. Saving makes a version; messages take the latest one when they leave. */
import { Button, Tabs, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { followName, letterKeyOfName } from '#domain/shared/key-of-name.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { KeptNotice } from '#components/templates/kept-notice.tsx';
import { LanguageTabs } from '#components/templates/language-tabs.tsx';
import { MissingLanguages } from '#components/templates/missing-languages.tsx';
import { addLanguage } from '#components/templates/template-types.ts';
import { TemplateFields } from '#components/templates/template-fields.tsx';
import { TemplatePreview } from '#components/templates/template-preview.tsx';
import { TemplateUses } from '#components/templates/template-uses.tsx';
import { TemplateVersions } from '#components/templates/template-versions.tsx';
import { useKeptContent } from '#components/templates/use-kept-content.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';

/** What a key may be: loaded when one is typed. */
const loadKey = async () => (await import('#domain/messages/template.ts')).TemplateKey;

type Named = { key: string; name: string; content: TemplateContent; number: number | null };
export function TemplateEditor({ initial }: { initial: Named }) {
  const t = useTranslations('templates');
  const router = useRouter();
  const queries = useQueryClient();
  const sentence = useProblemSentence();
  const mayWrite = useCan('content:write');
  const [name, setName] = useState(initial.name);
  const [key, setKey] = useState(initial.key);
  const [content, setContent] = useState(initial.content);
  const [saved, setSaved] = useState(JSON.stringify([initial.name, initial.content]));
  const [language, setLanguage] = useState(Object.keys(initial.content.variants)[0] ?? 'fr');
  const isNew = initial.number === null;
  const changed = isNew || JSON.stringify([name, content]) !== saved;
  const keyRule = useLoaded(isNew && key !== '', loadKey);
  const keyFits = !isNew || keyRule?.safeParse(key).success === true;
  const kept = useKeptContent({ key: isNew ? `new-${initial.content.channel}` : key, number: initial.number, name, content, changed: JSON.stringify([name, content]) !== saved });
  const takeKept = (one: { name: string; content: TemplateContent }): void => { setName(one.name); setContent(one.content); setLanguage(Object.keys(one.content.variants)[0] ?? language); };
  const save = useMutation({
    mutationFn: () => api.put<{ number: number }>(`/templates/${key}`, { name, content }),
    onSuccess: async ({ number }) => {
      setSaved(JSON.stringify([name, content]));
      kept.forget();
      notifications.show({ color: 'live', message: t('savedAs', { number }) });
      await queries.invalidateQueries({ queryKey: ['templates'] });
      if (isNew) router.replace(`/content/templates/${key}`);
    },
  });
  const rename = (to: string): void => {
    setName(to);
    if (isNew) setKey(followName(key, name, to, letterKeyOfName));
  };
  const problems = save.error instanceof ApiProblem ? save.error.errors : [];
  return (
    <>
      <PageHeader title={isNew ? t('newTitle') : name} back={{ href: '/content/templates', label: t('title') }} lede={isNew ? t('newHelp') : t('isVersion', { number: initial.number ?? 0 })}>
        {mayWrite && <Button loading={save.isPending} disabled={!changed || !keyFits || name.trim() === ''} onClick={() => save.mutate()}>{isNew ? t('create') : t('saveVersion')}</Button>}
      </PageHeader>
      {kept.found && mayWrite && <KeptNotice at={kept.found.at} onTake={() => { if (kept.found) takeKept(kept.found); kept.answer(); }} onDiscard={kept.forget} />}
      <div className={classes.split}>
        <div className={classes.card}>
          <div className={classes.row}>
            <TextInput label={t('name')} value={name} maxLength={120} readOnly={!mayWrite} onChange={(event) => rename(event.currentTarget.value)} style={{ flex: '1 1 200px' }} />
            <TextInput label={t('key')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={isNew ? t('keyHelp') : undefined} value={key} readOnly={!isNew} error={isNew && key !== '' && keyRule && !keyFits ? t('keyWrong') : null} onChange={(event) => setKey(event.currentTarget.value)} style={{ flex: '1 1 200px' }} />
          </div>
          {save.error && <div role="alert" style={{ color: 'var(--danger)' }}>{problems.length > 0 ? <ul style={{ margin: 0, paddingLeft: 16 }}>{problems.map(({ path, message }) => <li key={`${path.join('.')}${message}`}>{path.at(-1) !== undefined && `${String(path.at(-1))} : `}{message}</li>)}</ul> : sentence(save.error)}</div>}
          <Tabs value={language} onChange={(tag) => tag && setLanguage(tag)}>
            <LanguageTabs content={content} language={language} readOnly={!mayWrite} onContent={setContent} onLanguage={setLanguage} />
            <MissingLanguages content={content} readOnly={!mayWrite} onAdd={(tag) => { setContent(addLanguage(content, tag, language)); setLanguage(tag); }} />
            <Tabs.Panel value={language} pt="sm" style={{ display: 'flex', flexDirection: 'column', gap: 12 }}><TemplateFields key={language} content={content} language={language} readOnly={!mayWrite} onContent={setContent} /></Tabs.Panel>
          </Tabs>
        </div>
        <div style={{ display: 'grid', gap: 16, minWidth: 0 }}>
          <TemplatePreview templateKey={key} content={content} edited={language} />
          {!isNew && <TemplateUses templateKey={key} />}
          {!isNew && <TemplateVersions templateKey={key} mayWrite={mayWrite} onTake={setContent} />}
        </div>
      </div>
    </>
  );
}
