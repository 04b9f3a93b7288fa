'use client';
/** The purchase: an amount, or articles whose prices make it; the voucher chosen; and one large button. */
import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import type { RefObject } from 'react';
import { chooseText } from '#domain/shared/choose-text.ts';
import { useSession } from '#components/session.tsx';
import { nameOf } from '#components/till/customer-panel.tsx';
import { isScan, readAmountMinor } from '#components/till/read-amount.ts';
import { sumOf, type SaleLine } from '#components/till/sale.ts';
import type { TillProduct } from '#components/till/till-types.ts';
import classes from '#components/till/till.module.css';
import { useBenefit } from '#components/till/use-benefit.ts';
import type { Counter } from '#components/till/use-counter.ts';
import { useFormats } from '#components/use-formats.ts';

export type Basket = { amount: string; lines: SaleLine[] };
type Props = { field: RefObject<HTMLInputElement | null>; counter: Counter; products: TillProduct[]; basket: Basket; onBasket: (basket: Basket) => void; onScan: (text: string) => void };

const withQuantity = (lines: SaleLine[], sku: string, change: number): SaleLine[] =>
  lines.map((line) => (line.product.sku === sku ? { ...line, quantity: line.quantity + change } : line)).filter(({ quantity }) => quantity > 0);

function Lines({ lines, onLines }: { lines: SaleLine[]; onLines: (lines: SaleLine[]) => void }) {
  const t = useTranslations('till.sale');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  return lines.map(({ product, quantity }) => {
    const name = chooseText(product.name, language, workspace.language).text;
    return (
      <div key={product.sku} className={classes.line}>
        <span>{name}</span>
        <span style={{ display: 'inline-flex', alignItems: 'center', gap: 4 }}>
          <ActionIcon size={44} aria-label={t('less', { name })} onClick={() => onLines(withQuantity(lines, product.sku, -1))}><IconMinus size={18} /></ActionIcon>
          <b>{quantity}</b>
          <ActionIcon size={44} aria-label={t('more', { name })} onClick={() => onLines(withQuantity(lines, product.sku, 1))}><IconPlus size={18} /></ActionIcon>
        </span>
        <b>{formats.money(product.priceMinor * quantity)}</b>
      </div>
    );
  });
}

export function SalePanel({ field, counter, products, basket, onBasket, onScan }: Props) {
  const t = useTranslations('till.sale');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  const { nameOfOffer, discountOn } = useBenefit();
  const { lines, amount } = basket;
  const amountMinor = lines.length > 0 ? sumOf(lines) : readAmountMinor(amount, workspace.currencyExponent);
  const discountMinor = counter.voucher && amountMinor !== null ? discountOn(counter.voucher.offer, amountMinor) : 0;
  // Each article gets a field of its own: the last one's words are gone, and the next one can be typed.
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const due = amountMinor === null ? null : amountMinor - (discountMinor ?? 0);
  const ready = amountMinor !== null && amountMinor > 0 && discountMinor !== null;
  const submit = (): void => {
    if (isScan(amount) && lines.length === 0) {
      onBasket({ ...basket, amount: '' });
      onScan(amount);
    } else if (ready && !counter.busy) void counter.ringUp(amountMinor, lines);
  };
  const add = (sku: string | null): void => {
    const product = products.find((one) => one.sku === sku);
    if (!product) return;
    onBasket({ amount: '', lines: lines.some((line) => line.product.sku === sku) ? withQuantity(lines, product.sku, 1) : [...lines, { product, quantity: 1 }] });
  };
  const whom = counter.buyer.kind === 'known' ? nameOf(counter.buyer.customer) || t('thisCustomer') : counter.buyer.kind === 'typed' ? counter.buyer.identifier.value : null;
  return (
    <form className={classes.panel} onSubmit={(event) => { event.preventDefault(); submit(); }} aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {lines.length === 0 ? (
        <TextInput
          ref={field} size="xl" label={t('amount')} inputMode="decimal" autoComplete="off" value={amount} placeholder={formats.money(0)} onChange={(event) => onBasket({ ...basket, amount: event.currentTarget.value })}
          error={amount.trim() !== '' && amountMinor === null && !isScan(amount) ? t('notAnAmount') : null}
        />
      ) : <Lines lines={lines} onLines={(next) => onBasket({ amount: '', lines: next })} />}
      {products.length > 0 && (
        <Select
          key={count} autoFocus={count > 0} openOnFocus={false} size="md" label={t('article')} placeholder={t('articlePlaceholder')} searchable limit={20} value={null} onChange={add} nothingFoundMessage={t('noArticle')} clearable={false}
          data={products.map(({ sku, name, priceMinor }) => ({ value: sku, label: `${chooseText(name, language, workspace.language).text} · ${formats.money(priceMinor)} · ${sku}` }))}
        />
      )}
      {counter.voucher && amountMinor !== null && amountMinor > 0 && (
        <div className={classes.sum}>
          <span>{nameOfOffer(counter.voucher.offer)}</span>
          <b>{discountMinor === null ? t('needs', { amount: formats.money(counter.voucher.offer.minimumSpendMinor ?? 0) }) : discountMinor > 0 ? formats.money(-discountMinor) : t('gift')}</b>
        </div>
      )}
      <Button type="submit" size="xl" loading={counter.busy} disabled={!ready && !isScan(amount)} styles={{ label: { whiteSpace: 'normal', lineHeight: 1.2 } }}>
        {due === null || !ready ? t('action') : t('actionFor', { amount: formats.money(due) })}
      </Button>
      <span className="quiet">{whom ? t('for', { whom }) : t('forNobody')}</span>
    </form>
  );
}
