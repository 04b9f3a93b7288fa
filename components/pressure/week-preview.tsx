'use client';
/** An ordinary customer's week under the policy as it stands in the form: what leaves, what is refused and why, and how full each rule is at its end. */
import { ActionIcon, Button, Group, NativeSelect } from '@mantine/core';
import { IconBan, IconPlus, IconTrash } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { ChannelIcon } from '#components/ui/channel-icon.tsx';
import { useChannelName } from '#components/use-channel-name.ts';
import { CHANNELS, isChannel } from '#domain/customers/channels.ts';
import { explainRefusal } from '#domain/pressure/explain-refusal.ts';
import { calendarWindow } from '#domain/pressure/calendar-window.ts';
import { measurePolicy } from '#domain/pressure/measure-policy.ts';
import { findCategory } from '#domain/pressure/category.ts';
import type { PressurePolicy } from '#domain/pressure/policy.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import { DAY_MS } from '#domain/shared/time.ts';
import classes from '#components/content/content.module.css';
import { useWeekdays } from '#components/loyalty/use-weekdays.ts';
import { ordinaryWeek, playWeek, type Planned, type Played } from '#components/pressure/week.ts';
import { useReasonSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { PressureMeter } from '#components/ui/pressure-meter.tsx';

function useCategoryName(policy: PressurePolicy): (key: string) => string {
  const language = useLocale();
  const { workspace } = useSession();
  return (key) => chooseText(findCategory(policy, key)?.names ?? {}, language, workspace.language).text || key;
}

function Days({ played, name }: { played: Played[]; name: (key: string) => string }) {
  const t = useTranslations('pressure.week');
  const language = useLocale();
  const weekdays = useWeekdays();
  return (
    <div className={classes.week}>
      {weekdays.map((weekday, day) => (
        <div key={weekday}>
          <strong>{weekday}</strong>
          {played.filter((one) => one.day === day).map(({ id, category, channel, decision }) => (
            <span key={id} className={classes.sent} data-capped={decision.kind === 'capped' || undefined}>
              {decision.kind === 'capped' && <IconBan size={13} aria-label={t('refused')} />}
              <ChannelIcon channel={channel} size={13} />
              <span lang={language} className={classes.word} title={name(category)}>{name(category)}</span>
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}

export function WeekPreview({ policy }: { policy: PressurePolicy }) {
  const t = useTranslations('pressure.week');
  const sentence = useReasonSentence();
  const { workspace } = useSession();
  const weekdays = useWeekdays('long');
  const channelName = useChannelName();
  const name = useCategoryName(policy);
  const [plan, setPlan] = useState<Planned[]>(() => ordinaryWeek(policy));
  const [now] = useState(() => Date.now());
  const { played, limits } = useMemo(() => {
    const { from, to } = calendarWindow('week', now, workspace.timeZone);
    const week = playWeek(policy, plan, from, workspace.timeZone);
    return { played: week.played, limits: measurePolicy(policy, week.ledger, to - DAY_MS / 2, workspace.timeZone) };
  }, [policy, plan, now, workspace.timeZone]);
  const change = (id: string, changes: Partial<Planned>): void => setPlan(plan.map((one) => (one.id === id ? { ...one, ...changes } : one)));
  const add = (): void => setPlan([...plan, { id: String(Math.max(0, ...plan.map(({ id }) => Number(id))) + 1), day: 0, category: policy.categories[0]?.key ?? '', channel: 'email' }]);
  const refused = played.filter(({ decision }) => decision.kind === 'capped');
  return (
    <section className={classes.card} aria-label={t('title')}>
      <div><h2>{t('title')}</h2><p className="quiet" style={{ margin: '4px 0 0' }}>{t('help')}</p></div>
      <Days played={played} name={name} />
      {limits.map(({ rule, name: ruleName, kind, used, maximum }) => <PressureMeter key={`${rule}-${kind}`} label={t('fill', { rule: ruleName ?? rule, used, maximum, kind })} used={used} cap={maximum} />)}
      <div role="status">
        <strong>{t('outcome', { sent: played.length - refused.length, refused: refused.length })}</strong>
        <ul className={classes.list}>
          {refused.map(({ id, day, category, decision }) => {
            const [refusal] = decision.kind === 'capped' ? decision.refusals : [];
            return <li key={id}><span>{weekdays[day]} · {name(category)} — {refusal && sentence(explainRefusal({ ...refusal, filledBy: refusal.filledBy.map((filler) => ({ ...filler, label: name(plan.find((one) => one.id === filler.label)?.category ?? filler.label) })) }))}</span></li>;
          })}
        </ul>
      </div>
      <details>
        <summary>{t('change')}</summary>
        <div style={{ display: 'grid', gap: 8, marginTop: 8 }}>
          {plan.map(({ id, day, category, channel }) => (
            <Group key={id} gap={6} wrap="nowrap">
              <NativeSelect size="xs" aria-label={t('day')} value={String(day)} onChange={({ currentTarget }) => change(id, { day: Number(currentTarget.value) })} data={weekdays.map((label, index) => ({ value: String(index), label }))} />
              <NativeSelect size="xs" aria-label={t('category')} value={category} onChange={({ currentTarget }) => change(id, { category: currentTarget.value })} data={policy.categories.map(({ key }) => ({ value: key, label: name(key) }))} />
              <NativeSelect size="xs" aria-label={t('channel')} value={channel} onChange={({ currentTarget: { value } }) => isChannel(value) && change(id, { channel: value })} data={CHANNELS.map((value) => ({ value, label: channelName(value) }))} />
              <ActionIcon aria-label={t('remove')} onClick={() => setPlan(plan.filter((one) => one.id !== id))}><IconTrash size={14} /></ActionIcon>
            </Group>
          ))}
          <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add} w="fit-content">{t('add')}</Button>
        </div>
      </details>
    </section>
  );
}
