'use client';
/** A list of products: those of the purchase or cart that began the journey, or chosen ones of the catalogue. */
import { Group, NativeSelect, NumberInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { EmailBlock } from '#domain/messages/email-blocks.ts';
import { NAMED_SKU } from '#domain/messages/show-products.ts';
import { ProductSearch } from '#components/products/product-search.tsx';
import { CatalogueProducts } from './catalogue-products.tsx';
import { ChosenProducts } from './chosen-products.tsx';

type Block = Extract<EmailBlock, { kind: 'products' }>;
const MOST = 12;

export function ProductsFields({ block, readOnly, onChange }: { block: Block; readOnly: boolean; onChange: (block: Block) => void }) {
  const t = useTranslations('blocks.products');
  const { source } = block;
  const set = (next: Block['source']): void => onChange({ ...block, source: next });
  const perRow = source.from === 'event' ? 2 : source.perRow;
  const skus = source.from === 'catalogue' ? source.skus : source.from === 'chosen' ? source.products.map(({ sku }) => sku) : [];
  const show = (next: string[]): void => set(next.length === 0 ? { from: 'event', most: 5 } : { from: 'catalogue', skus: next, perRow });
  return (
    <>
      <Group gap="sm" align="flex-end">
        {source.from === 'event'
          ? <NumberInput label={t('most')} description={t('ofEvent')} min={1} max={20} readOnly={readOnly} value={source.most} onChange={(most) => typeof most === 'number' && most >= 1 && most <= 20 && set({ from: 'event', most: Math.round(most) })} />
          : <NativeSelect label={t('perRow')} disabled={readOnly} value={String(source.perRow)} data={['1', '2', '3']} onChange={({ currentTarget }) => set({ ...source, perRow: Number(currentTarget.value) })} />}
        {!readOnly && source.from !== 'chosen' && <ProductSearch label={t('add')} placeholder={t('choose')} nothing={t('nothing')} without={skus} disabled={skus.length >= MOST} onChoose={({ sku }) => NAMED_SKU.test(sku) && show([...skus, sku])} />}
      </Group>
      {source.from === 'catalogue' && <CatalogueProducts skus={source.skus} readOnly={readOnly} onChange={show} />}
      {source.from === 'chosen' && <ChosenProducts products={source.products} readOnly={readOnly} onChange={(products) => set(products.length === 0 ? { from: 'event', most: 5 } : { ...source, products })} onCatalogue={() => show(skus.filter((sku) => NAMED_SKU.test(sku)))} />}
    </>
  );
}
