'use client';
/** A template: what it says in each language beside what a customer would read. Saving makes a version; messages take the latest one when they leave. */
import { Button, Group, SegmentedControl, Tabs, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useRef, useState, type RefObject } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api, ApiProblem } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { LanguageTabs } from '#components/templates/language-tabs.tsx';
import { TemplatePreview } from '#components/templates/template-preview.tsx';
import { TemplateVersions } from '#components/templates/template-versions.tsx';
import { readAs, readField, writeField, type Field } from '#components/templates/template-types.ts';
import { VariablesMenu } from '#components/templates/variables-menu.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { useLoaded } from '#components/ui/use-loaded.ts';

/** What a key may be: loaded when one is typed. */
const loadKey = async () => (await import('#domain/messages/template.ts')).TemplateKey;

type Named = { key: string; name: string; content: TemplateContent; number: number | null };
type FieldsProps = { content: TemplateContent; language: string; readOnly: boolean; onContent: (content: TemplateContent) => void };

/** Writes into the field that had the cursor last, where it stood. */
function insertInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): string {
  const start = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? start;
  queueMicrotask(() => {
    field.focus();
    field.setSelectionRange(start + text.length, start + text.length);
  });
  return field.value.slice(0, start) + text + field.value.slice(end);
}

function Fields({ content, language, readOnly, onContent }: FieldsProps) {
  const t = useTranslations('templates');
  const subject = useRef<HTMLInputElement>(null);
  const source = useRef<HTMLTextAreaElement>(null);
  const last = useRef<Field>(content.channel === 'sms' ? 'text' : 'source');
  const write = (field: Field) => (event: { currentTarget: { value: string } }) => onContent(writeField(content, language, field, event.currentTarget.value));
  const insert = (variable: string): void => {
    const field: RefObject<HTMLInputElement | HTMLTextAreaElement | null> = last.current === 'subject' ? subject : source;
    if (field.current) onContent(writeField(content, language, last.current, insertInto(field.current, variable)));
  };
  const note = (field: Field) => () => {
    last.current = field;
  };
  if (content.channel === 'sms') {
    return (
      <>
        {!readOnly && <Group><VariablesMenu onChoose={insert} /></Group>}
        <Textarea ref={source} label={t('text')} autosize minRows={4} maxLength={1_600} readOnly={readOnly} value={readField(content, language, 'text')} onChange={write('text')} />
      </>
    );
  }
  const kind = content.variants[language]?.html === undefined ? 'mjml' : 'html';
  return (
    <>
      <TextInput ref={subject} label={t('subject')} maxLength={500} readOnly={readOnly} value={readField(content, language, 'subject')} onChange={write('subject')} onFocus={note('subject')} />
      <Group justify="space-between">
        <SegmentedControl size="xs" aria-label={t('kind')} disabled={readOnly} value={kind} onChange={(value) => onContent(readAs(content, language, value === 'html' ? 'html' : 'mjml'))} data={[{ value: 'mjml', label: 'MJML' }, { value: 'html', label: 'HTML' }]} />
        {!readOnly && <VariablesMenu onChoose={insert} />}
      </Group>
      <Textarea ref={source} className={classes.source} label={t('source')} description={t('sourceHelp')} autosize minRows={14} maxRows={32} spellCheck={false} readOnly={readOnly} value={readField(content, language, 'source')} onChange={write('source')} onFocus={note('source')} />
    </>
  );
}

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
  const save = useMutation({
    mutationFn: () => api.put<{ number: number }>(`/templates/${key}`, { name, content }),
    onSuccess: async ({ number }) => {
      setSaved(JSON.stringify([name, content]));
      notifications.show({ color: 'live', message: t('savedAs', { number }) });
      await queries.invalidateQueries({ queryKey: ['templates'] });
      if (isNew) router.replace(`/content/templates/${key}`);
    },
  });
  const problems = save.error instanceof ApiProblem ? save.error.errors : [];
  return (
    <>
      <PageHeader title={isNew ? t('newTitle') : name} back={{ href: '/content/templates', label: t('title') }} lede={isNew ? t('newHelp') : t('isVersion', { number: initial.number ?? 0 })}>
        {mayWrite && <Button loading={save.isPending} disabled={!changed || !keyFits || name.trim() === ''} onClick={() => save.mutate()}>{isNew ? t('create') : t('saveVersion')}</Button>}
      </PageHeader>
      <div className={classes.split}>
        <div className={classes.card}>
          <div className={classes.row}>
            <TextInput label={t('name')} value={name} maxLength={120} readOnly={!mayWrite} onChange={(event) => setName(event.currentTarget.value)} style={{ flex: '1 1 200px' }} />
            <TextInput label={t('key')} description={isNew ? t('keyHelp') : undefined} value={key} readOnly={!isNew} error={isNew && key !== '' && keyRule && !keyFits ? t('keyWrong') : null} onChange={(event) => setKey(event.currentTarget.value)} style={{ flex: '1 1 200px' }} />
          </div>
          {save.error && <div role="alert" style={{ color: 'var(--danger)' }}>{problems.length > 0 ? <ul style={{ margin: 0, paddingLeft: 16 }}>{problems.map(({ path, message }) => <li key={`${path.join('.')}${message}`}>{path.at(-1) !== undefined && `${String(path.at(-1))} : `}{message}</li>)}</ul> : sentence(save.error)}</div>}
          <Tabs value={language} onChange={(tag) => tag && setLanguage(tag)}>
            <LanguageTabs content={content} language={language} readOnly={!mayWrite} onContent={setContent} onLanguage={setLanguage} />
            <Tabs.Panel value={language} pt="sm" style={{ display: 'flex', flexDirection: 'column', gap: 12 }}><Fields key={language} content={content} language={language} readOnly={!mayWrite} onContent={setContent} /></Tabs.Panel>
          </Tabs>
        </div>
        <div style={{ display: 'grid', gap: 16, minWidth: 0 }}>
          <TemplatePreview templateKey={key} content={content} edited={language} />
          {!isNew && <TemplateVersions templateKey={key} mayWrite={mayWrite} onTake={setContent} />}
        </div>
      </div>
    </>
  );
}
