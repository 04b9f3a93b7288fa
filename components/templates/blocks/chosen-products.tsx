'use client';
/** Products whose words were written by hand, as e-mails had them before the catalogue was asked at hand-over: each may be changed still, or all be taken from the catalogue. */
import { ActionIcon, Button, Group } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { isPictureUrl } from '#domain/images/image-facts.ts';
import type { ShownProduct } from '#domain/messages/email-blocks.ts';
import { isHref } from '#domain/messages/href.ts';
import { CheckedText } from './block-fields.tsx';
import classes from './blocks.module.css';

/** An empty field is left out. */
function written(product: ShownProduct, change: { price?: string; pictureUrl?: string; href?: string }): ShownProduct {
  const { sku, name, price, pictureUrl, href } = { ...product, ...change };
  return { sku, name, ...(price && { price }), ...(pictureUrl && { pictureUrl }), ...(href && { href }) };
}

type Props = { products: ShownProduct[]; readOnly: boolean; onChange: (products: ShownProduct[]) => void; onCatalogue: () => void };

export function ChosenProducts({ products, readOnly, onChange, onCatalogue }: Props) {
  const t = useTranslations('blocks.products');
  const say = useTranslations('blocks');
  const change = (index: number, product: ShownProduct): void => onChange(products.map((one, place) => (place === index ? product : one)));
  return (
    <>
      <Group gap="sm" justify="space-between"><span className="quiet">{t('byHand')}</span>{!readOnly && <Button variant="default" size="xs" onClick={onCatalogue}>{t('toCatalogue')}</Button>}</Group>
      {products.map((product, index) => (
        <Group key={product.sku} gap="sm" align="flex-start" className={classes.column} role="group" aria-label={product.name}>
          <CheckedText label={t('name')} value={product.name} fits={(text) => text.trim() !== '' && text.length <= 200} wrong={say('empty')} readOnly={readOnly} onChange={(name) => change(index, { ...product, name })} />
          <CheckedText label={t('price')} value={product.price ?? ''} fits={(text) => text.length <= 40} wrong="" readOnly={readOnly} onChange={(price) => change(index, written(product, { price }))} />
          <CheckedText label={t('picture')} value={product.pictureUrl ?? ''} fits={(text) => text === '' || isPictureUrl(text)} wrong={say('picture.urlWrong')} readOnly={readOnly} onChange={(url) => change(index, written(product, { pictureUrl: url }))} />
          <CheckedText label={t('href')} value={product.href ?? ''} fits={(text) => text === '' || isHref(text)} wrong={say('text.addressWrong')} readOnly={readOnly} onChange={(href) => change(index, written(product, { href }))} />
          {!readOnly && <ActionIcon aria-label={t('remove', { name: product.name })} onClick={() => onChange(products.filter((_, place) => place !== index))} mt={26}><IconTrash size={16} aria-hidden /></ActionIcon>}
        </Group>
      ))}
    </>
  );
}
