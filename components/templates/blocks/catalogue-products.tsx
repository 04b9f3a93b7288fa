'use client';
/** Products of the catalogue in their order, as they are now: whoever opens the e-mail gets them as they are when it leaves. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { ApiProblem } from '#components/api-client.ts';
import { ProductPicture } from '#components/products/product-picture.tsx';
import { nameOf, productApi, type Product } from '#components/products/product-types.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import classes from './blocks.module.css';

type Props = { skus: string[]; readOnly: boolean; onChange: (skus: string[]) => void };

/** Null: there is no such product. */
const find = (sku: string, signal: AbortSignal): Promise<Product | null> => productApi.get(sku, signal).catch((error: unknown) => {
  if (error instanceof ApiProblem && error.status === 404) return null;
  throw error;
});

export function CatalogueProducts({ skus, readOnly, onChange }: Props) {
  const t = useTranslations('blocks.products');
  const language = useLocale();
  const formats = useFormats();
  const { workspace } = useSession();
  const products = useQueries({ queries: skus.map((sku) => ({ queryKey: ['products', 'one', sku], queryFn: ({ signal }: { signal: AbortSignal }) => find(sku, signal) })) });
  const move = (from: number, by: number): void => {
    const rest = skus.filter((_, place) => place !== from);
    const one = skus[from];
    if (one !== undefined) onChange([...rest.slice(0, from + by), one, ...rest.slice(from + by)]);
  };
  return (
    <div style={{ display: 'grid', gap: 6 }}>
      <p className="quiet" style={{ margin: 0 }}>{t('asTheyAre')}</p>
      {skus.map((sku, index) => {
        const product = products[index]?.data;
        const name = product ? nameOf(product, language, workspace.language) : sku;
        const acts = [['up', IconArrowUp, () => move(index, -1), index === 0], ['down', IconArrowDown, () => move(index, 1), index === skus.length - 1], ['remove', IconTrash, () => onChange(skus.filter((_, place) => place !== index)), false]] as const;
        return (
          <div key={sku} className={classes.onShelf} role="group" aria-label={name}>
            <ProductPicture source={product?.picture ?? null} />
            <div>
              <div style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{name}</div>
              <div className="quiet" style={{ fontSize: 13 }}>{product ? formats.money(product.priceMinor) : null}{product === null || (product && !product.available) ? <> <span style={{ color: 'var(--warning)' }}>{t(product === null ? 'gone' : 'unavailable')}</span></> : null}</div>
            </div>
            {!readOnly && acts.map(([act, Icon, run, off]) => <Tooltip key={act} label={t(`${act}Act`)}><ActionIcon size="sm" aria-label={t(act, { name })} disabled={off} onClick={run}><Icon size={14} aria-hidden /></ActionIcon></Tooltip>)}
          </div>
        );
      })}
    </div>
  );
}
