'use client';
/** What an offer gives, for how long, and how often. The rules are the domain's: what it would refuse cannot be saved. */
import { Checkbox, Group, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Offer } from '#domain/offers/offer.ts';
import { firstText } from '#domain/shared/choose-text.ts';
import { followName, letterKeyOfName } from '#domain/shared/key-of-name.ts';
import classes from '#components/content/content.module.css';
import { MoneyInput } from '#components/content/money-input.tsx';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';

/** An offer while it is written: fields that are not complete yet are null. */
export type OfferDraft = {
  key: string; name: Record<string, string>; kind: 'amountOff' | 'percentOff' | 'gift'; amountMinor: number | null; percent: number | null; gift: Record<string, string>;
  validity: 'days' | 'dates'; days: number | null; from: string; until: string; minimumSpendMinor: number | null; stockTotal: number | null; perCustomerLimit: number | null; singleUse: boolean;
};

export const draftOf = (offer: Offer | null): OfferDraft => {
  const { benefit, validity } = offer ?? { benefit: { kind: 'percentOff' as const, percent: 10 }, validity: { days: 30 } };
  return {
    key: offer?.key ?? '', name: offer?.name ?? {}, kind: benefit.kind, amountMinor: benefit.kind === 'amountOff' ? benefit.amountMinor : null, percent: benefit.kind === 'percentOff' ? benefit.percent : 10, gift: benefit.kind === 'gift' ? benefit.text : {},
    validity: 'days' in validity ? 'days' : 'dates', days: 'days' in validity ? validity.days : 30, from: 'days' in validity ? '' : (validity.from ?? ''), until: 'days' in validity ? '' : validity.until,
    minimumSpendMinor: offer?.minimumSpendMinor ?? null, stockTotal: offer?.stockTotal ?? null, perCustomerLimit: offer?.perCustomerLimit ?? null, singleUse: offer?.singleUse ?? true,
  };
};

/** What the domain is asked to read; it says what is missing. */
export const inputOf = (draft: OfferDraft): unknown => ({
  key: draft.key, name: draft.name, singleUse: draft.singleUse,
  benefit: draft.kind === 'amountOff' ? { kind: 'amountOff', amountMinor: draft.amountMinor } : draft.kind === 'percentOff' ? { kind: 'percentOff', percent: draft.percent } : { kind: 'gift', text: draft.gift },
  validity: draft.validity === 'days' ? { days: draft.days } : { ...(draft.from && { from: draft.from }), until: draft.until },
  ...(draft.minimumSpendMinor && { minimumSpendMinor: draft.minimumSpendMinor }), ...(draft.stockTotal !== null && { stockTotal: draft.stockTotal }), ...(draft.perCustomerLimit !== null && { perCustomerLimit: draft.perCustomerLimit }),
});

const numberOf = (value: string | number): number | null => (typeof value === 'number' ? value : null);

export function OfferForm({ draft, isNew, readOnly, onDraft }: { draft: OfferDraft; isNew: boolean; readOnly: boolean; onDraft: (draft: OfferDraft) => void }) {
  const t = useTranslations('offers');
  const set = (changes: Partial<OfferDraft>): void => onDraft({ ...draft, ...changes });
  return (
    <div className={classes.card}>
      <TextVariantsInput label={t('name')} value={draft.name} readOnly={readOnly} onChange={(name) => set({ name, ...(isNew && { key: followName(draft.key, firstText(draft.name), firstText(name), letterKeyOfName) }) })} />
      <TextInput label={t('key')} description={isNew ? t('keyHelp') : undefined} maxLength={60} value={draft.key} readOnly={!isNew || readOnly} onChange={(event) => set({ key: event.currentTarget.value })} />
      <div className={classes.row}>
        <Select label={t('gives')} allowDeselect={false} readOnly={readOnly} value={draft.kind} data={(['amountOff', 'percentOff', 'gift'] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))} onChange={(kind) => set({ kind: kind === 'amountOff' || kind === 'gift' ? kind : 'percentOff' })} />
        {draft.kind === 'amountOff' && <MoneyInput label={t('amount')} valueMinor={draft.amountMinor} readOnly={readOnly} onChange={(amountMinor) => set({ amountMinor })} />}
        {draft.kind === 'percentOff' && <NumberInput label={t('percent')} min={1} max={100} allowDecimal={false} suffix=" %" hideControls readOnly={readOnly} value={draft.percent ?? ''} onChange={(value) => set({ percent: numberOf(value) })} />}
      </div>
      {draft.kind === 'gift' && <TextVariantsInput label={t('gift')} value={draft.gift} readOnly={readOnly} onChange={(gift) => set({ gift })} />}
      <div className={classes.row}>
        <SegmentedControl aria-label={t('validity')} disabled={readOnly} value={draft.validity} onChange={(value) => set({ validity: value === 'dates' ? 'dates' : 'days' })} data={[{ value: 'days', label: t('byDays') }, { value: 'dates', label: t('byDates') }]} />
        {draft.validity === 'days' ? <NumberInput label={t('days')} min={0} max={3_653} allowDecimal={false} hideControls readOnly={readOnly} value={draft.days ?? ''} onChange={(value) => set({ days: numberOf(value) })} w={140} /> : (
          <>
            <TextInput type="date" label={t('from')} readOnly={readOnly} value={draft.from} onChange={(event) => set({ from: event.currentTarget.value })} />
            <TextInput type="date" label={t('until')} readOnly={readOnly} value={draft.until} onChange={(event) => set({ until: event.currentTarget.value })} />
          </>
        )}
      </div>
      <Group align="flex-end" gap="sm">
        <MoneyInput label={t('minimumSpend')} valueMinor={draft.minimumSpendMinor} readOnly={readOnly} width={180} onChange={(minimumSpendMinor) => set({ minimumSpendMinor })} />
        <NumberInput label={t('stock')} placeholder={t('noLimit')} min={0} allowDecimal={false} hideControls readOnly={readOnly} value={draft.stockTotal ?? ''} onChange={(value) => set({ stockTotal: numberOf(value) })} w={160} />
        <NumberInput label={t('perCustomer')} placeholder={t('noLimit')} min={1} allowDecimal={false} hideControls readOnly={readOnly} value={draft.perCustomerLimit ?? ''} onChange={(value) => set({ perCustomerLimit: numberOf(value) })} w={160} />
      </Group>
      <Checkbox label={t('singleUse')} checked={draft.singleUse} disabled={readOnly} onChange={(event) => set({ singleUse: event.currentTarget.checked })} />
    </div>
  );
}
