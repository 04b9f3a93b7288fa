'use client';
/** A list of products: those of the purchase or cart that began the journey, or chosen ones with what is said of each. */
import { ActionIcon, Group, NativeSelect, NumberInput, Select } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import type { EmailBlock, ShownProduct } from '#domain/messages/email-blocks.ts';
import { isPictureUrl } from '#domain/images/image-facts.ts';
import { isHref } from '#domain/messages/href.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import { api, type Page } from '#components/api-client.ts';
import { useCan, useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { CheckedText } from './block-fields.tsx';
import classes from './blocks.module.css';

type Block = Extract<EmailBlock, { kind: 'products' }>;
type Known = { sku: string; name: Record<string, string>; priceMinor: number };
const MOST = 12;

/** An empty field is left out. */
function written(product: ShownProduct, change: { price?: string; pictureUrl?: string; href?: string }): ShownProduct {
  const { sku, name, price, pictureUrl, href } = { ...product, ...change };
  return { sku, name, ...(price && { price }), ...(pictureUrl && { pictureUrl }), ...(href && { href }) };
}

export function ProductsFields({ block, readOnly, onChange }: { block: Block; readOnly: boolean; onChange: (block: Block) => void }) {
  const t = useTranslations('blocks.products');
  const say = useTranslations('blocks');
  const language = useLocale();
  const formats = useFormats();
  const { workspace } = useSession();
  const products = useQuery({ queryKey: ['products', 'all'], enabled: useCan('settings:read'), queryFn: () => api.get<Page<Known>>('/products', { limit: 200 }) });
  const known = products.data?.items ?? [];
  const nameOf = ({ name, sku }: Known): string => chooseText(name, language, workspace.language).text || sku;
  const { source } = block;
  const shown = source.from === 'chosen' ? source.products : [];
  const set = (next: ShownProduct[]): void => onChange({ ...block, source: next.length === 0 ? { from: 'event', most: 5 } : { from: 'chosen', products: next, perRow: source.from === 'chosen' ? source.perRow : 2 } });
  const change = (index: number, product: ShownProduct): void => set(shown.map((one, place) => (place === index ? product : one)));
  const add = (sku: string | null): void => {
    const found = known.find((one) => one.sku === sku);
    if (found) set([...shown, { sku: found.sku, name: nameOf(found), price: formats.money(found.priceMinor) }]);
  };
  return (
    <>
      <Group gap="sm" align="flex-end">
        {source.from === 'event'
          ? <NumberInput label={t('most')} description={t('ofEvent')} min={1} max={20} readOnly={readOnly} value={source.most} onChange={(most) => typeof most === 'number' && most >= 1 && most <= 20 && onChange({ ...block, source: { from: 'event', most: Math.round(most) } })} />
          : <NativeSelect label={t('perRow')} disabled={readOnly} value={String(source.perRow)} data={['1', '2', '3']} onChange={({ currentTarget }) => onChange({ ...block, source: { ...source, perRow: Number(currentTarget.value) } })} />}
        {!readOnly && <Select label={t('add')} placeholder={t('choose')} searchable nothingFoundMessage={t('nothing')} value={null} disabled={shown.length >= MOST} onChange={add} data={known.filter(({ sku }) => !shown.some((one) => one.sku === sku)).map((one) => ({ value: one.sku, label: nameOf(one) }))} style={{ flex: '1 1 200px' }} />}
      </Group>
      {shown.map((product, index) => (
        <Group key={product.sku} gap="sm" align="flex-start" className={classes.column} role="group" aria-label={product.name}>
          <Group gap="sm" align="flex-start">
            <CheckedText label={t('name')} value={product.name} fits={(text) => text.trim() !== '' && text.length <= 200} wrong={say('empty')} readOnly={readOnly} onChange={(name) => change(index, { ...product, name })} />
            <CheckedText label={t('price')} value={product.price ?? ''} fits={(text) => text.length <= 40} wrong="" readOnly={readOnly} onChange={(price) => change(index, written(product, { price }))} />
            <CheckedText label={t('picture')} value={product.pictureUrl ?? ''} fits={(text) => text === '' || isPictureUrl(text)} wrong={say('picture.urlWrong')} readOnly={readOnly} onChange={(url) => change(index, written(product, { pictureUrl: url }))} />
            <CheckedText label={t('href')} value={product.href ?? ''} fits={(text) => text === '' || isHref(text)} wrong={say('text.addressWrong')} readOnly={readOnly} onChange={(href) => change(index, written(product, { href }))} />
            {!readOnly && <ActionIcon aria-label={t('remove', { name: product.name })} onClick={() => set(shown.filter((_, place) => place !== index))} mt={26}><IconTrash size={16} aria-hidden /></ActionIcon>}
          </Group>
        </Group>
      ))}
    </>
  );
}
