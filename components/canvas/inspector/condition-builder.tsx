'use client';
/** Builds a condition from what exists: fields, comparisons, counts of events and groups; below, it reads as a sentence. */
import { ActionIcon, Button, Group, Input, Select, Text } from '@mantine/core';
import { IconCalendarStats, IconPlus, IconSitemap, IconX } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import type { Condition } from '#domain/audiences/condition.ts';
import classes from '#components/canvas/inspector/inspector.module.css';
import { conditionSentence } from '#components/canvas/condition-sentence.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { beginField, fromGroup, GROUP_MODES, isCount, isField, isGroup, toGroup, type Scope } from './condition-tree.ts';
import { CountFields } from './count-fields.tsx';
import { FieldFields } from './field-fields.tsx';

/** Read only when it is asked for; without a connection nothing is counted. */
const AudienceCount = dynamic(() => import('./audience-count.tsx').then((loaded) => loaded.AudienceCount, () => () => null), { ssr: false });

type Inner = { scope: Scope; eventType: string | undefined };
const MODE_WORDS = { all: 'condition.all', any: 'condition.any', none: 'condition.notLabel' } as const;
const DEEPEST = 3;

function Part({ value, onChange, onRemove, depth, ...inner }: Inner & { value: Condition; onChange: (condition: Condition) => void; onRemove: () => void; depth: number }) {
  const { words } = useSpeech();
  return (
    <div className={classes.part} data-group={isGroup(value) || undefined}>
      <div className={classes.partFields}>
        {isGroup(value) && <GroupFields value={value} onChange={onChange} depth={depth + 1} {...inner} />}
        {isCount(value) && <CountFields value={value} onChange={onChange} renderWhere={(where, onWhere) => <ConditionBuilder label={words('form.where')} scope="event" eventType={value.event} value={where} onChange={onWhere} />} />}
        {isField(value) && <FieldFields value={value} onChange={onChange} {...inner} />}
      </div>
      <ActionIcon size="sm" aria-label={words('condition.remove')} onClick={onRemove}><IconX size={14} aria-hidden /></ActionIcon>
    </div>
  );
}

function GroupFields({ value, onChange, depth, ...inner }: Inner & { value: Condition; onChange: (condition: Condition) => void; depth: number }) {
  const { words } = useSpeech();
  const group = toGroup(value);
  const set = (parts: Condition[]): void => onChange(depth > 0 && group.mode !== 'none' ? (group.mode === 'all' ? { all: parts } : { any: parts }) : fromGroup({ ...group, parts }));
  const firstField = inner.scope === 'event' ? 'properties.' : 'customer.country';
  return (
    <>
      {(group.parts.length > 1 || depth > 0 || group.mode !== 'all') && (
        <Select size="xs" aria-label={words('condition.match')} allowDeselect={false} value={group.mode} data={GROUP_MODES.map((mode) => ({ value: mode, label: words(MODE_WORDS[mode]) }))}
          onChange={(mode) => { const chosen = GROUP_MODES.find((each) => each === mode) ?? 'all'; onChange(chosen === 'none' ? { not: { any: group.parts } } : chosen === 'any' ? { any: group.parts } : { all: group.parts }); }} />
      )}
      {group.parts.map((part, index) => <Part key={index} value={part} depth={depth} onChange={(next) => set(group.parts.with(index, next))} onRemove={() => set(group.parts.toSpliced(index, 1))} {...inner} />)}
      <Group gap={4}>
        <Button variant="subtle" size="compact-xs" leftSection={<IconPlus size={12} aria-hidden />} onClick={() => set([...group.parts, beginField(firstField, inner.scope)])}>{words('condition.addField')}</Button>
        {inner.scope === 'subject' && <Button variant="subtle" size="compact-xs" leftSection={<IconCalendarStats size={12} aria-hidden />} onClick={() => set([...group.parts, { event: 'purchase', count: { atLeast: 1 }, withinDays: 90 }])}>{words('condition.addEvent')}</Button>}
        {depth < DEEPEST && <Button variant="subtle" size="compact-xs" leftSection={<IconSitemap size={12} aria-hidden />} onClick={() => set([...group.parts, { any: [beginField(firstField, inner.scope)] }])}>{words('condition.addGroup')}</Button>}
      </Group>
    </>
  );
}

export function ConditionBuilder({ label, description, value, onChange, scope = 'subject', eventType }: {
  label: string; description?: string; value: Condition; onChange: (condition: Condition) => void; scope?: Scope; eventType?: string;
}) {
  const speech = useSpeech();
  return (
    <Input.Wrapper label={label} description={description} labelElement="div">
      <div className={classes.condition} role="group" aria-label={label}>
        <GroupFields value={value} onChange={onChange} depth={0} scope={scope} eventType={eventType} />
        {scope === 'subject' && <Text size="xs" c="dimmed" aria-live="polite">{speech.words('condition.reads', { sentence: conditionSentence(speech, value) })}</Text>}
        {scope === 'subject' && <AudienceCount condition={value} />}
      </div>
    </Input.Wrapper>
  );
}
