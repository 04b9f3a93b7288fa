'use client';
/** One product, added or changed: its names, price, cost and stock, what it looks like and where it is sold; and out of the assortment or back. */
import { Button, Group, Modal, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { isPictureUrl } from '#domain/images/image-facts.ts';
import { MoneyInput } from '#components/content/money-input.tsx';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { TakePicture } from '#components/templates/blocks/take-picture.tsx';
import { ProductPicture } from './product-picture.tsx';
import { nameOf, productApi, type Product } from './product-types.ts';

type Draft = { sku: string; name: Record<string, string>; categories: string[]; priceMinor: number | null; costMinor: number | null; stock: number | null; picture: string; url: string };
const draftOf = (product: Product | null): Draft => ({
  sku: product?.sku ?? '', name: product?.name ?? {}, categories: product?.categories ?? [], priceMinor: product?.priceMinor ?? null, costMinor: product?.costMinor ?? null, stock: product?.stock ?? null, picture: product?.picture ?? '', url: product?.url ?? '',
});
const isWeb = (text: string): boolean => /^https?:\/\/[^\s"<>]+$/.test(text);

type FieldsProps = { draft: Draft; isNew: boolean; onChange: (part: Partial<Draft>) => void };

function Looks({ draft, onChange }: Omit<FieldsProps, 'isNew'>) {
  const t = useTranslations('products');
  return (
    <Group align="flex-start">
      <ProductPicture source={draft.picture !== '' && isPictureUrl(draft.picture) ? draft.picture : null} size={72} />
      <div style={{ flex: '1 1 200px', minWidth: 0, display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 6 }}>
        <TextInput label={t('picture')} value={draft.picture} maxLength={2_000} onChange={(event) => onChange({ picture: event.currentTarget.value.trim() })} error={draft.picture === '' || isPictureUrl(draft.picture) ? null : t('pictureWrong')} />
        <TakePicture onTake={(picture) => onChange({ picture })} onWrite={null} />
      </div>
    </Group>
  );
}

function Fields({ draft, isNew, onChange }: FieldsProps) {
  const t = useTranslations('products');
  const categories = useQuery({ queryKey: ['products', 'categories'], queryFn: ({ signal }) => productApi.categories(signal) });
  return (
    <>
      <TextVariantsInput label={t('name')} value={draft.name} onChange={(name) => onChange({ name })} />
      <TextInput label={t('sku')} description={isNew ? t('skuHelp') : undefined} maxLength={200} readOnly={!isNew} value={draft.sku} onChange={(event) => onChange({ sku: event.currentTarget.value })} />
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(180px, 100%), 1fr))', gap: 12 }}>
        <MoneyInput label={t('price')} valueMinor={draft.priceMinor} onChange={(priceMinor) => onChange({ priceMinor })} />
        <MoneyInput label={t('cost')} description={t('costHelp')} valueMinor={draft.costMinor} onChange={(costMinor) => onChange({ costMinor })} />
      </div>
      <NumberInput label={t('stock')} description={t('stockHelp')} min={0} max={1_000_000_000} allowDecimal={false} allowNegative={false} value={draft.stock ?? ''} onChange={(stock) => onChange({ stock: typeof stock === 'number' ? stock : null })} />
      <TagsInput label={t('categories')} data={(categories.data?.items ?? []).map(({ category }) => category)} value={draft.categories} onChange={(chosen) => onChange({ categories: chosen })} maxTags={50} />
      <Looks draft={draft} onChange={onChange} />
      <TextInput label={t('url')} description={t('urlHelp')} type="url" maxLength={2_000} value={draft.url} onChange={(event) => onChange({ url: event.currentTarget.value.trim() })} error={draft.url === '' || isWeb(draft.url) ? null : t('urlWrong')} />
    </>
  );
}

export function ProductForm({ product, onClose }: { product: Product | null; onClose: () => void }) {
  const t = useTranslations('products');
  const language = useLocale();
  const { workspace } = useSession();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(product));
  const { sku, name, categories, priceMinor, costMinor, stock, picture, url } = draft;
  const ready = sku.trim() !== '' && Object.keys(name).length > 0 && priceMinor !== null && (picture === '' || isPictureUrl(picture)) && (url === '' || isWeb(url));
  const done = async (message: string): Promise<void> => {
    notifications.show({ color: 'live', message });
    await queries.invalidateQueries({ queryKey: ['products'] });
    onClose();
  };
  const save = useMutation({
    mutationFn: () => productApi.put(sku.trim(), { name, categories, priceMinor: priceMinor ?? 0, ...(costMinor !== null && { costMinor }), stock, picture: picture || null, url: url || null }),
    onSuccess: (saved) => done(t('saved', { name: nameOf(saved, language, workspace.language) })),
  });
  const act = product?.archivedAt ? 'restore' : 'archive';
  const archive = useMutation({ mutationFn: () => productApi.archive(sku, act), onSuccess: (saved) => done(t(act === 'archive' ? 'archived' : 'restored', { name: nameOf(saved, language, workspace.language) })) });
  const failure = save.error ?? archive.error;
  return (
    <Modal opened onClose={onClose} size="lg" title={product ? nameOf(product, language, workspace.language) : t('new')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 12 }} onSubmit={(event) => { event.preventDefault(); if (ready) save.mutate(); }}>
        <Fields draft={draft} isNew={product === null} onChange={(part) => setDraft({ ...draft, ...part })} />
        {failure && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(failure)}</p>}
        <Group justify="space-between">
          {product ? <Button variant="subtle" color={act === 'archive' ? 'danger' : 'ink'} loading={archive.isPending} onClick={() => archive.mutate()}>{t(act)}</Button> : <span />}
          <Group gap="xs"><Button variant="default" onClick={onClose}>{t('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!ready}>{t(product ? 'save' : 'add')}</Button></Group>
        </Group>
      </form>
    </Modal>
  );
}
