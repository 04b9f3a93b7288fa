'use client';
/** The properties of a type: how often and as what each was seen, and the rule about it. */
import { Checkbox, Select, TagsInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { PropertyKind } from '#domain/events/event-schema.ts';
import { PROPERTY_KINDS } from '#domain/events/property-kinds.ts';
import classes from '#components/events/events.module.css';
import { mayHaveValues, readValues, type PropertyLine } from '#components/events/registry-types.ts';

type Props = { lines: PropertyLine[]; samples: number; editable: boolean; onChange: (lines: PropertyLine[]) => void };

function Seen({ line, samples }: { line: PropertyLine; samples: number }) {
  const t = useTranslations('events.registry');
  const { learned } = line;
  if (!learned) return <span className="quiet">{t('neverSeen')}</span>;
  const percent = Math.round((learned.seen / Math.max(1, samples)) * 100);
  const kinds = learned.kinds.map(({ kind }) => t(`kinds.${kind}`)).join(', ');
  return <>{t('seen', { percent })} · {kinds}{learned.examples.length > 0 && <div className={classes.exact}>{learned.examples.map(String).join(' · ')}</div>}</>;
}

function Rule({ line: { name, rule }, editable, onRule }: { line: PropertyLine; editable: boolean; onRule: (rule: PropertyLine['rule']) => void }) {
  const t = useTranslations('events.registry');
  return (
    <div className={classes.rule}>
      <Select size="xs" aria-label={t('kindOf', { name })} value={rule?.kind ?? ''} disabled={!editable} allowDeselect={false} w={150}
        data={[{ value: '', label: t('notAgreed') }, ...PROPERTY_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))]}
        onChange={(value) => { const kind = PROPERTY_KINDS.find((each) => each === value); onRule(kind ? ruleAs(rule, kind) : null); }} />
      {rule && <Checkbox size="xs" label={t('required')} aria-label={t('requiredNamed', { name })} checked={rule.required} disabled={!editable} onChange={(event) => onRule({ ...rule, required: event.currentTarget.checked })} />}
      {rule && mayHaveValues(rule.kind) && (
        <TagsInput size="xs" aria-label={t('valuesOf', { name })} placeholder={rule.values ? '' : t('anyValue')} value={rule.values?.map(String) ?? []} disabled={!editable} style={{ flex: '1 1 200px' }}
          onChange={(texts) => { const { values: _, ...rest } = rule; const values = readValues(texts, rule.kind); onRule({ ...rest, ...(values && { values }) }); }} />
      )}
    </div>
  );
}

const ruleAs = (rule: PropertyLine['rule'], kind: PropertyKind): NonNullable<PropertyLine['rule']> => ({ kind, required: rule?.required ?? false, ...(rule?.values && kind === rule.kind && { values: rule.values }) });

export function PropertyRules({ lines, samples, editable, onChange }: Props) {
  const t = useTranslations('events.registry');
  return (
    <ul className={classes.properties} aria-label={t('properties')}>
      {lines.map((line) => (
        <li key={line.name}>
          <div><span className={classes.type}>{line.name}</span><div><Seen line={line} samples={samples} /></div></div>
          <Rule line={line} editable={editable} onRule={(rule) => onChange(lines.map((each) => (each === line ? { ...each, rule } : each)))} />
        </li>
      ))}
    </ul>
  );
}
