'use client';
/** What a purchase would earn by the rules as they stand in the form: the domain's own reckoning, line by line, with what did not apply and why. */
import { Group, MultiSelect, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { earn, type EarnLine } from '#domain/loyalty/earn.ts';
import type { LoyaltyProgramme } from '#domain/loyalty/programme.ts';
import { HOUR_MS, dateOf, startOfDate } from '#domain/shared/time.ts';
import classes from '#components/content/content.module.css';
import { MoneyInput } from '#components/content/money-input.tsx';
import { useWeekdays } from '#components/loyalty/use-weekdays.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

const EXAMPLE_MINOR = 6_250;

/** Why a rule counted or did not, with its figures. */
function useWhy(stores: Props['stores']): (line: EarnLine) => string {
  const t = useTranslations('loyalty.why');
  const formats = useFormats();
  const weekdays = useWeekdays('long');
  return ({ why: { code, figures } }) => {
    const number = (name: string): number => Number(figures[name] ?? 0);
    const list = (name: string): (string | number)[] => (Array.isArray(figures[name]) ? figures[name] : []);
    const storeName = (externalId: string | number): string => stores.find((store) => store.externalId === externalId)?.name ?? String(externalId);
    const key = code.replace('.', '_');
    if (!t.has(key)) return code;
    return t(key, {
      amount: formats.money(number('amountMinor')), points: number('points'), per: formats.money(number('perMinor')), factor: number('factor'), onPoints: number('onPoints'), date: formats.date(number(code === 'bonus.ended' ? 'to' : 'from')),
      weekdays: list('weekdays').map((day) => weekdays[Number(day) - 1] ?? '').join(', '), stores: list('stores').map(storeName).join(', '), categories: list('categories').join(', '),
      minimum: formats.money(number('minimumSpendMinor')), missing: formats.money(number('missingMinor')), better: String(figures['better'] ?? ''),
    });
  };
}

type Props = { programme: LoyaltyProgramme | null; stores: { externalId: string; name: string; timeZone: string }[]; categories: string[] };

export function EarnExample({ programme, stores, categories }: Props) {
  const t = useTranslations('loyalty.example');
  const formats = useFormats();
  const { workspace } = useSession();
  const why = useWhy(stores);
  const [amountMinor, setAmount] = useState<number | null>(EXAMPLE_MINOR);
  const [date, setDate] = useState(() => dateOf(Date.now(), workspace.timeZone));
  const [store, setStore] = useState<string | null>(null);
  const [bought, setBought] = useState<string[]>([]);
  const zone = stores.find(({ externalId }) => externalId === store)?.timeZone ?? workspace.timeZone;
  const earned = programme && amountMinor !== null && date
    ? earn(programme, { orderId: 'example', amountMinor, currency: workspace.currency, ...(bought.length > 0 && { lines: [{ lineId: '1', sku: 'example', quantity: 1, amountMinor, categories: bought }] }) }, { eventId: 'example', customerId: 'example', occurredAt: startOfDate(date, zone) + 12 * HOUR_MS, store, zone })
    : null;
  return (
    <section className={classes.card} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <Group gap="sm" align="flex-end">
        <MoneyInput label={t('amount')} valueMinor={EXAMPLE_MINOR} width={140} onChange={setAmount} />
        <TextInput type="date" label={t('date')} value={date} onChange={(event) => setDate(event.currentTarget.value)} />
      </Group>
      <Group gap="sm" align="flex-end">
        <Select label={t('store')} placeholder={t('noStore')} clearable clearButtonProps={{ 'aria-label': t('noStore') }} value={store} onChange={setStore} data={stores.map(({ externalId, name }) => ({ value: externalId, label: name }))} style={{ flex: '1 1 180px' }} />
        <MultiSelect label={t('categories')} placeholder={bought.length > 0 ? '' : t('anything')} value={bought} onChange={setBought} data={categories} searchable style={{ flex: '1 1 180px' }} />
      </Group>
      {earned ? (
        <>
          <p role="status" style={{ margin: 0, fontSize: 16, fontWeight: 600 }}>{t('sentence', { amount: formats.money(amountMinor ?? 0), points: earned.total })}</p>
          <ul className={classes.list}>
            {earned.explanation.map((line) => (
              <li key={line.rule}>
                <span><strong>{line.rule}</strong> <span className="quiet">{why(line)}</span></span>
                <span className="figures" style={{ whiteSpace: 'nowrap' }}>{line.applied ? t('plus', { points: line.points }) : t('nothing')}</span>
              </li>
            ))}
          </ul>
        </>
      ) : <p className="quiet" style={{ margin: 0 }}>{t('incomplete')}</p>}
    </section>
  );
}
