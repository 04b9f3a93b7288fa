'use client';
/** What a message of a plain channel says in one language: its text, and what else the channel shows or asks for. */
import { ActionIcon, Button, Group, Textarea, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { PlainContent, TemplateContent } from '#domain/messages/template.ts';
import { PLAIN_FIELDS, TEXT_LENGTHS } from '#domain/messages/plain-channels.ts';
import { insertInto } from '#components/templates/insert-into.ts';
import { ShortLink } from '#components/templates/short-link.tsx';
import { SmsAdvice } from '#components/templates/sms-advice.tsx';
import { readField, writeField, writePlain, type Field } from '#components/templates/template-types.ts';
import { VariablesMenu } from '#components/templates/variables-menu.tsx';

type Props = { content: PlainContent; language: string; readOnly: boolean; onContent: (content: TemplateContent) => void };

/** The variables of approved content, each with the text that fills it. */
function ContentVariables({ content, language, readOnly, onContent }: Props) {
  const t = useTranslations('templates.approved');
  const variables = Object.entries(content.variants[language]?.contentVariables ?? {});
  const write = (next: [string, string][]): void => onContent(writePlain(content, language, { contentVariables: Object.fromEntries(next) }));
  const next = String(Math.max(0, ...variables.map(([name]) => Number(name) || 0)) + 1);
  return (
    <>
      {variables.map(([name, text], index) => (
        <Group key={name} gap="xs" align="flex-end" wrap="nowrap">
          <TextInput label={t('variable', { name })} required maxLength={1_000} readOnly={readOnly} value={text} style={{ flex: 1 }} onChange={({ currentTarget }) => write(variables.map((each, place) => (place === index ? [name, currentTarget.value] : each)))} />
          {!readOnly && <ActionIcon aria-label={t('remove', { name })} mb={4} onClick={() => write(variables.filter((_, place) => place !== index))}><IconTrash size={16} /></ActionIcon>}
        </Group>
      ))}
      {!readOnly && <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} style={{ alignSelf: 'flex-start' }} onClick={() => write([...variables, [next, '{{ customer.firstName }}']])}>{t('add')}</Button>}
    </>
  );
}

export function PlainFields({ content, language, readOnly, onContent }: Props) {
  const t = useTranslations('templates');
  const { channel } = content;
  const fields = PLAIN_FIELDS[channel];
  const focused = useRef<{ field: Field; input: HTMLInputElement | HTMLTextAreaElement } | null>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const insert = (variable: string): void => {
    const { field, input } = focused.current ?? { field: 'text' as const, input: text.current };
    if (input) onContent(writeField(content, language, field, insertInto(input, variable)));
  };
  const of = (field: Field) => ({
    readOnly, value: readField(content, language, field),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onContent(writeField(content, language, field, currentTarget.value)),
    onFocus: ({ currentTarget }: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) => void (focused.current = { field, input: currentTarget }),
  });
  return (
    <>
      {!readOnly && <Group gap="xs"><VariablesMenu onChoose={insert} />{channel === 'sms' && <ShortLink onChoose={insert} />}</Group>}
      {fields.includes('title') && <TextInput label={t('push.title')} required maxLength={120} {...of('title')} />}
      <Textarea ref={text} label={t(`texts.${channel}`)} autosize minRows={channel === 'letter' ? 12 : 4} maxLength={TEXT_LENGTHS[channel]} {...of('text')} />
      {channel === 'sms' && <SmsAdvice text={readField(content, language, 'text')} readOnly={readOnly} onText={(written) => onContent(writeField(content, language, 'text', written))} />}
      {fields.includes('url') && <TextInput label={t('push.url')} description={t('push.urlHelp')} inputMode="url" maxLength={2_000} {...of('url')} />}
      {fields.includes('icon') && <TextInput label={t('push.icon')} description={t('push.iconHelp')} inputMode="url" maxLength={2_000} {...of('icon')} />}
      {fields.includes('contentSid') && <TextInput className="code" label={t('approved.sid')} description={t('approved.help')} placeholder="HX…" maxLength={34} {...of('contentSid')} />}
      {fields.includes('contentVariables') && readField(content, language, 'contentSid') !== '' && <ContentVariables content={content} language={language} readOnly={readOnly} onContent={onContent} />}
    </>
  );
}
