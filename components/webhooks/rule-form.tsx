'use client';
/** One rule of a mapping: when it holds, and where each field of its event is found in a post. */
import { ActionIcon, Button, Fieldset, Select, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { fieldOf, RULE_FIELDS, withField, type RuleGroup } from '#components/webhooks/connector-types.ts';
import classes from '#components/webhooks/webhooks.module.css';
import { CONDITION_KINDS } from '#domain/connectors/connector-kinds.ts';
import type { MappingRule, PostCondition } from '#domain/connectors/mapping.ts';

type Props = { rule: MappingRule; at: number; errors: ReadonlyMap<string, string>; onChange: (rule: MappingRule) => void };

function Group({ rule, at, errors, onChange, group }: Props & { group: RuleGroup }) {
  const t = useTranslations('webhooks.mapping');
  const path = { event: '', customer: 'customer.', order: 'order.', lines: 'order.lines.' }[group];
  return (
    <Fieldset legend={t(`groups.${group}`)} variant="unstyled" className={classes.group}>
      {RULE_FIELDS[group].map((field) => (
        <TextInput key={field} size="xs" label={t(`fields.${group}.${field}`)} classNames={{ input: classes.source ?? '' }} spellCheck={false} autoComplete="off" maxLength={500} value={fieldOf(rule, group, field)}
          error={errors.get(`rules.${at}.${path}${field}`)} onChange={(event) => onChange(withField(rule, group, field, event.currentTarget.value))} />
      ))}
    </Fieldset>
  );
}

function Conditions({ rule, at, errors, onChange }: Props) {
  const t = useTranslations('webhooks.mapping');
  const put = (index: number, condition: PostCondition): void => onChange({ ...rule, when: rule.when.map((each, place) => (place === index ? condition : each)) });
  return (
    <Fieldset legend={t('when')} variant="unstyled" className={classes.conditions}>
      {rule.when.map((condition, index) => {
        const asks = condition.is === 'in' || condition.is === 'notIn';
        return (
          <div key={index} className={classes.condition}>
            <TextInput size="xs" label={t('conditionValue')} classNames={{ input: classes.source ?? '' }} value={condition.value} error={errors.get(`rules.${at}.when.${index}.value`)} onChange={(event) => put(index, { ...condition, value: event.currentTarget.value })} />
            <Select size="xs" label={t('conditionIs')} allowDeselect={false} data={CONDITION_KINDS.map((value) => ({ value, label: t(`conditions.${value}`) }))} value={condition.is}
              onChange={(is) => { const kind = CONDITION_KINDS.find((each) => each === is); if (kind) put(index, kind === 'in' || kind === 'notIn' ? { ...condition, is: kind } : { value: condition.value, is: kind }); }} />
            {asks ? <TagsInput size="xs" label={t('conditionValues')} value={condition.values ?? []} error={errors.get(`rules.${at}.when.${index}.values`)} onChange={(values) => put(index, { ...condition, values })} /> : <span />}
            <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('dropCondition')} onClick={() => onChange({ ...rule, when: rule.when.filter((_, place) => place !== index) })}><IconTrash size={16} aria-hidden /></ActionIcon>
          </div>
        );
      })}
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ ...rule, when: [...rule.when, { value: '$.status', is: 'in', values: [] }] })}>{t('addCondition')}</Button>
    </Fieldset>
  );
}

function Properties({ rule, at, errors, onChange }: Props) {
  const t = useTranslations('webhooks.mapping');
  const entries = Object.entries(rule.properties);
  const put = (index: number, name: string, source: string): void => onChange({ ...rule, properties: Object.fromEntries(entries.map((entry, place) => (place === index ? [name, source] : entry))) });
  const fresh = (): string => { let count = entries.length + 1; while (Object.hasOwn(rule.properties, `property${count}`)) count += 1; return `property${count}`; };
  return (
    <Fieldset legend={t('properties')} variant="unstyled" className={classes.conditions}>
      {entries.map(([name, source], index) => (
        <div key={index} className={classes.property}>
          <TextInput size="xs" label={t('propertyName')} value={name} onChange={(event) => put(index, event.currentTarget.value, source)} />
          <TextInput size="xs" label={t('propertySource')} classNames={{ input: classes.source ?? '' }} value={source} error={errors.get(`rules.${at}.properties.${name}`)} onChange={(event) => put(index, name, event.currentTarget.value)} />
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={t('dropProperty', { name })} onClick={() => onChange({ ...rule, properties: Object.fromEntries(entries.filter((_, place) => place !== index)) })}><IconTrash size={16} aria-hidden /></ActionIcon>
        </div>
      ))}
      <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange({ ...rule, properties: { ...rule.properties, [fresh()]: '$.number' } })}>{t('addProperty')}</Button>
    </Fieldset>
  );
}

export function RuleForm(props: Props) {
  const t = useTranslations('webhooks.mapping');
  const { rule, at, errors, onChange } = props;
  return (
    <div className={classes.rule}>
      <TextInput size="xs" label={t('ruleName')} maxLength={120} value={rule.name} error={errors.get(`rules.${at}.name`)} onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })} />
      <Conditions {...props} />
      {(['event', 'customer', 'order', 'lines'] as const).map((group) => <Group key={group} {...props} group={group} />)}
      <Properties {...props} />
    </div>
  );
}
