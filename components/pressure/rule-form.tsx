'use client';
/** A rule: whom or what it counts, over which time, and how much at most. */
import { ActionIcon, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useChannelName } from '#components/use-channel-name.ts';
import { CHANNELS } from '#domain/customers/channels.ts';
import { CALENDAR_UNITS } from '#domain/pressure/calendar-units.ts';
import type { PressurePolicy, PressureRule, PressureScope, PressureWindow } from '#domain/pressure/policy.ts';
import classes from '#components/content/content.module.css';

type Props = { rule: PressureRule; policy: PressurePolicy; readOnly: boolean; onRule: (rule: PressureRule) => void; onRemove: () => void };

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;
/** Optional numbers of a rule: empty means that the rule says nothing of it. */
type OptionalNumber = 'maximumCount' | 'maximumWeight' | 'minimumIntervalSeconds';

function scopeOf(kind: string, policy: PressurePolicy): PressureScope {
  if (kind === 'channel') return { kind, channel: 'email' };
  if (kind === 'category') return { kind, category: policy.categories[0]?.key ?? '' };
  if (kind === 'sender') return { kind, sender: 'brand' };
  return { kind: 'everyone' };
}

function windowOf(kind: string): PressureWindow | undefined {
  if (kind === 'none') return undefined;
  const unit = CALENDAR_UNITS.find((one) => one === kind);
  return unit ? { kind: 'calendar', unit } : { kind: 'rolling', seconds: 30 * DAY_SECONDS };
}

export function RuleForm({ rule, policy, readOnly, onRule, onRemove }: Props) {
  const t = useTranslations('pressure.rule');
  const channelName = useChannelName();
  const { scope, window } = rule;
  const set = (changes: Partial<PressureRule>): void => onRule({ ...rule, ...changes });
  const setOptional = (name: OptionalNumber, value: string | number, factor = 1): void => {
    const { [name]: _, ...rest } = rule;
    onRule(typeof value === 'number' ? { ...rest, [name]: Math.round(value * factor) } : rest);
  };
  const setWindow = (kind: string): void => {
    const { window: _, ...rest } = rule;
    const next = windowOf(kind);
    onRule(next ? { ...rest, window: next } : rest);
  };
  return (
    <div className={classes.rule} role="group" aria-label={t('label', { key: rule.key })}>
      <div className={classes.ruleHead}><h3>{rule.name ?? rule.key}</h3>{!readOnly && <ActionIcon aria-label={t('remove', { key: rule.key })} onClick={onRemove}><IconTrash size={16} /></ActionIcon>}</div>
      <Group gap="sm" align="flex-end">
        <TextInput label={t('name')} value={rule.name ?? ''} readOnly={readOnly} onChange={(event) => { const { name: _, ...rest } = rule; onRule(event.currentTarget.value ? { ...rest, name: event.currentTarget.value } : rest); }} style={{ flex: '2 1 200px' }} />
        <TextInput label={t('key')} value={rule.key} readOnly={readOnly} onChange={(event) => set({ key: event.currentTarget.value })} style={{ flex: '1 1 120px' }} />
      </Group>
      <Group gap="sm" align="flex-end">
        <NativeSelect label={t('scope')} disabled={readOnly} value={scope.kind} onChange={({ currentTarget }) => set({ scope: scopeOf(currentTarget.value, policy) })} data={(['everyone', 'channel', 'category', 'sender'] as const).map((value) => ({ value, label: t(`scopes.${value}`) }))} w={190} />
        {scope.kind === 'channel' && <NativeSelect label={t('scopes.channel')} disabled={readOnly} value={scope.channel} onChange={({ currentTarget }) => { const channel = CHANNELS.find((one) => one === currentTarget.value); if (channel) set({ scope: { kind: 'channel', channel } }); }} data={CHANNELS.map((value) => ({ value, label: channelName(value) }))} w={140} />}
        {scope.kind === 'category' && <NativeSelect label={t('scopes.category')} disabled={readOnly} value={scope.category} onChange={({ currentTarget }) => set({ scope: { kind: 'category', category: currentTarget.value } })} data={policy.categories.map(({ key }) => key)} w={160} />}
        {scope.kind === 'sender' && <TextInput label={t('scopes.sender')} readOnly={readOnly} value={scope.sender} onChange={(event) => set({ scope: { kind: 'sender', sender: event.currentTarget.value } })} w={160} />}
        <NativeSelect label={t('window')} disabled={readOnly} value={window === undefined ? 'none' : window.kind === 'calendar' ? window.unit : 'rolling'} onChange={({ currentTarget }) => setWindow(currentTarget.value)} data={[...CALENDAR_UNITS.map((value) => ({ value, label: t(`windows.${value}`) })), { value: 'rolling', label: t('windows.rolling') }, { value: 'none', label: t('windows.none') }]} w={200} />
        {window?.kind === 'rolling' && <NumberInput label={t('days')} min={0.1} max={366} hideControls readOnly={readOnly} value={window.seconds / DAY_SECONDS} onChange={(value) => typeof value === 'number' && value > 0 && set({ window: { kind: 'rolling', seconds: Math.round(value * DAY_SECONDS) } })} w={100} />}
      </Group>
      <Group gap="sm" align="flex-end">
        <NumberInput label={t('maximumCount')} placeholder={t('noLimit')} min={0} allowDecimal={false} hideControls readOnly={readOnly} value={rule.maximumCount ?? ''} onChange={(value) => setOptional('maximumCount', value)} style={{ flex: '1 1 130px' }} />
        <NumberInput label={t('maximumWeight')} placeholder={t('noLimit')} min={0} allowDecimal={false} hideControls readOnly={readOnly} value={rule.maximumWeight ?? ''} onChange={(value) => setOptional('maximumWeight', value)} style={{ flex: '1 1 130px' }} />
        <NumberInput label={t('interval')} placeholder={t('noLimit')} min={0.1} hideControls readOnly={readOnly} value={rule.minimumIntervalSeconds === undefined ? '' : rule.minimumIntervalSeconds / HOUR_SECONDS} onChange={(value) => setOptional('minimumIntervalSeconds', value, HOUR_SECONDS)} style={{ flex: '1 1 130px' }} />
      </Group>
    </div>
  );
}
