'use client';
/** What a message says in one language: a plain message as texts, an e-mail as blocks or as a source, with its plain-text part. */
import { Group, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useRef, type RefObject } from 'react';
import type { TemplateContent } from '#domain/messages/template.ts';
import { useStyle } from '#components/brand/brand-types.ts';
import classes from '#components/content/content.module.css';
import { EditedLanguage } from '#components/templates/blocks/edited-language.ts';
import { insertInto } from '#components/templates/insert-into.ts';
import { newDocument } from '#components/templates/new-document.ts';
import { bodyOf, readField, writeBody, writeField, type Body, type Field } from '#components/templates/template-types.ts';
import { VariablesMenu } from '#components/templates/variables-menu.tsx';
import { LoadingState } from '#components/ui/states.tsx';

const PlainFields = dynamic(() => import('#components/templates/plain-fields.tsx').then((loaded) => loaded.PlainFields), { ssr: false, loading: () => <LoadingState lines={4} /> });
const BlockEditor = dynamic(() => import('#components/templates/blocks/block-editor.tsx').then((loaded) => loaded.BlockEditor), { ssr: false, loading: () => <LoadingState lines={10} /> });
/** From blocks to a source that is written by hand from then on: loaded when it is asked for. */
const loadMjml = async () => (await import('#domain/messages/email-mjml.ts')).mjmlOf;

type Props = { content: TemplateContent; language: string; readOnly: boolean; onContent: (content: TemplateContent) => void };
const KINDS = ['blocks', 'mjml', 'html'] as const;
type Kind = (typeof KINDS)[number];

/** The plain-text part: made from the e-mail unless somebody writes it. */
function PlainText({ content, language, readOnly, onContent }: Props) {
  const t = useTranslations('templates.plain');
  const text = readField(content, language, 'text');
  return (
    <>
      <Switch label={t('byHand')} description={t('help')} disabled={readOnly} checked={text !== ''} onChange={({ currentTarget: { checked } }) => onContent(writeField(content, language, 'text', checked ? `${t('label')}\n` : ''))} />
      {text !== '' && <Textarea label={t('label')} autosize minRows={4} maxRows={16} readOnly={readOnly} value={text} onChange={({ currentTarget }) => onContent(writeField(content, language, 'text', currentTarget.value || ' '))} />}
    </>
  );
}

export function TemplateFields({ content, language, readOnly, onContent }: Props) {
  const t = useTranslations('templates');
  const { style } = useStyle();
  const subject = useRef<HTMLInputElement>(null);
  const source = useRef<HTMLTextAreaElement>(null);
  const last = useRef<Field>('source');
  /** What each kind held before another was chosen, so that changing one's mind loses nothing. */
  const held = useRef<Partial<Record<Kind, Body>>>({});
  const write = (field: Field) => (event: { currentTarget: { value: string } }) => onContent(writeField(content, language, field, event.currentTarget.value));
  const insert = (variable: string): void => {
    const field: RefObject<HTMLInputElement | HTMLTextAreaElement | null> = last.current === 'subject' ? subject : source;
    if (field.current) onContent(writeField(content, language, last.current, insertInto(field.current, variable)));
  };
  const note = (field: Field) => () => {
    last.current = field;
  };
  if (content.channel !== 'email') return <PlainFields content={content} language={language} readOnly={readOnly} onContent={onContent} />;
  const variant = content.variants[language] ?? { subject: '', mjml: '' };
  const kind: Kind = variant.blocks ? 'blocks' : variant.html === undefined ? 'mjml' : 'html';
  const choose = async (next: Kind): Promise<void> => {
    held.current[kind] = bodyOf(variant);
    const written = variant.mjml ?? variant.html ?? '';
    const begin = async (): Promise<Body> => {
      if (next === 'blocks') return { blocks: newDocument(language, style(language)) };
      const text = variant.blocks ? (await loadMjml())(variant.blocks, language) : written;
      return next === 'mjml' ? { mjml: text } : { html: text };
    };
    onContent(writeBody(content, language, held.current[next] ?? (await begin())));
  };
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput ref={subject} label={t('subject')} maxLength={500} readOnly={readOnly} value={readField(content, language, 'subject')} onChange={write('subject')} onFocus={note('subject')} style={{ flex: '1 1 240px' }} />
        {!readOnly && <VariablesMenu onChoose={insert} />}
      </Group>
      <SegmentedControl size="xs" aria-label={t('kind')} disabled={readOnly} value={kind} onChange={(value) => { const next = KINDS.find((one) => one === value); if (next) void choose(next); }} data={[{ value: 'blocks', label: t('blocks') }, { value: 'mjml', label: 'MJML' }, { value: 'html', label: 'HTML' }]} style={{ alignSelf: 'flex-start' }} />
      {variant.blocks
        ? <EditedLanguage value={language}><BlockEditor key={language} document={variant.blocks} readOnly={readOnly} onDocument={(blocks) => onContent(writeBody(content, language, { blocks }))} /></EditedLanguage>
        : <Textarea ref={source} className={classes.source} label={t('source')} description={t('sourceHelp')} autosize minRows={14} maxRows={32} spellCheck={false} readOnly={readOnly} value={readField(content, language, 'source')} onChange={write('source')} onFocus={note('source')} />}
      <PlainText content={content} language={language} readOnly={readOnly} onContent={onContent} />
    </>
  );
}
