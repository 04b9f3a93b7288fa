'use client';
/** What can be said of each kind of block that stands alone or in a column. */
import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { LeafBlock } from '#domain/messages/email-blocks.ts';
import { isImagePath, isPictureUrl } from '#domain/images/image-facts.ts';
import { isHref } from '#domain/messages/href.ts';
import { useLoyaltyNames } from '#components/templates/use-variables.ts';
import classes from './blocks.module.css';
import { RichTextField } from './rich-text-field.tsx';
import { TakePicture } from './take-picture.tsx';

type TextProps = { label: string; value: string; fits: (text: string) => boolean; wrong: string; readOnly: boolean; help?: string; onChange: (text: string) => void };

/** Shows what is typed, hands on what fits. */
export function CheckedText({ label, value, fits, wrong, readOnly, help, onChange }: TextProps) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  return <TextInput label={label} description={help} value={typed} readOnly={readOnly} error={fits(typed) ? null : wrong} style={{ flex: '1 1 220px' }}
    onChange={({ currentTarget }) => { setTyped(currentTarget.value); if (fits(currentTarget.value)) { setKnown(currentTarget.value); onChange(currentTarget.value); } }} />;
}

const isLine = (most: number) => (text: string): boolean => text.trim() !== '' && text.length <= most;

type Props<B extends LeafBlock> = { block: B; readOnly: boolean; onChange: (block: B) => void };
type Of<K extends LeafBlock['kind']> = Extract<LeafBlock, { kind: K }>;

function TextFields({ block, readOnly, onChange }: Props<Of<'text'>>) {
  const t = useTranslations('blocks');
  return (
    <>
      <RichTextField label={t('kinds.text')} value={block.text} readOnly={readOnly} onChange={(text) => onChange({ ...block, text })} />
      <NativeSelect size="xs" w={140} aria-label={t('text.align')} disabled={readOnly} value={block.align} data={(['left', 'center', 'right'] as const).map((align) => ({ value: align, label: t(`text.${align}`) }))}
        onChange={({ currentTarget: { value } }) => onChange({ ...block, align: value === 'center' || value === 'right' ? value : 'left' })} />
    </>
  );
}

function PictureFields({ block, readOnly, onChange }: Props<Of<'picture'>>) {
  const t = useTranslations('blocks.picture');
  const say = useTranslations('blocks');
  return (
    <>
      <Group gap="sm" align="flex-start">
        <div style={{ flex: '1 1 220px', display: 'grid', gap: 6 }}>
          {isImagePath(block.url) ? <img className={classes.thumbnail} src={block.url} alt="" /> : <CheckedText label={t('url')} value={block.url} fits={isPictureUrl} wrong={t('urlWrong')} readOnly={readOnly} onChange={(url) => onChange({ ...block, url })} />}
          {!readOnly && <TakePicture onTake={(url, alt) => onChange({ ...block, url, alt: alt || block.alt })} onWrite={isImagePath(block.url) ? () => onChange({ ...block, url: 'https://' }) : null} />}
        </div>
        <CheckedText label={t('alt')} help={t('altHelp')} value={block.alt} fits={isLine(200)} wrong={t('altWrong')} readOnly={readOnly} onChange={(alt) => onChange({ ...block, alt })} />
      </Group>
      <Group gap="sm" align="flex-start">
        <CheckedText label={t('href')} value={block.href ?? ''} fits={(text) => text === '' || isHref(text)} wrong={say('text.addressWrong')} readOnly={readOnly} onChange={(href) => { const { href: _, ...rest } = block; onChange(href === '' ? rest : { ...rest, href }); }} />
        <NumberInput label={t('width')} min={10} max={100} step={10} suffix=" %" readOnly={readOnly} value={block.widthPercent} onChange={(width) => typeof width === 'number' && width >= 10 && width <= 100 && onChange({ ...block, widthPercent: Math.round(width) })} w={110} />
      </Group>
    </>
  );
}

function ButtonFields({ block, readOnly, onChange }: Props<Of<'button'>>) {
  const t = useTranslations('blocks');
  return (
    <Group gap="sm" align="flex-start">
      <CheckedText label={t('button.label')} value={block.label} fits={isLine(200)} wrong={t('empty')} readOnly={readOnly} onChange={(label) => onChange({ ...block, label })} />
      <CheckedText label={t('text.address')} value={block.href} fits={isHref} wrong={t('text.addressWrong')} readOnly={readOnly} onChange={(href) => onChange({ ...block, href })} />
    </Group>
  );
}

/** Those that there are, and the one that is named though nobody knows it. */
const choices = (all: readonly { key: string; name: string }[], key: string) => [...all.map((one) => ({ value: one.key, label: one.name })), ...(all.some((one) => one.key === key) ? [] : [{ value: key, label: key }])];

function PointsFields({ block, readOnly, onChange }: Props<Of<'points'>>) {
  const t = useTranslations('blocks');
  const { programmes } = useLoyaltyNames();
  return (
    <Group gap="sm" align="flex-start">
      <NativeSelect label={t('when.programme')} disabled={readOnly} value={block.programme} data={choices(programmes, block.programme)} onChange={({ currentTarget }) => onChange({ ...block, programme: currentTarget.value })} />
      <CheckedText label={t('points.label')} value={block.label} fits={isLine(200)} wrong={t('empty')} readOnly={readOnly} onChange={(label) => onChange({ ...block, label })} />
    </Group>
  );
}

function VoucherFields({ block, readOnly, onChange }: Props<Of<'voucher'>>) {
  const t = useTranslations('blocks');
  const { offers } = useLoyaltyNames();
  return (
    <>
      <Group gap="sm" align="flex-start">
        <NativeSelect label={t('when.offer')} disabled={readOnly} value={block.offer} data={choices(offers, block.offer)} onChange={({ currentTarget }) => onChange({ ...block, offer: currentTarget.value })} />
        <CheckedText label={t('voucher.title')} value={block.title} fits={isLine(200)} wrong={t('empty')} readOnly={readOnly} onChange={(title) => onChange({ ...block, title })} />
        <CheckedText label={t('voucher.until')} value={block.validLabel} fits={(text) => text.length <= 60} wrong={t('empty')} readOnly={readOnly} onChange={(validLabel) => onChange({ ...block, validLabel })} />
      </Group>
      <p className="quiet" style={{ margin: 0 }}>{t('voucher.help')}</p>
    </>
  );
}

export function LeafFields({ block, ...rest }: Props<LeafBlock>) {
  switch (block.kind) {
    case 'text': return <TextFields block={block} {...rest} />;
    case 'picture': return <PictureFields block={block} {...rest} />;
    case 'button': return <ButtonFields block={block} {...rest} />;
    case 'points': return <PointsFields block={block} {...rest} />;
    case 'voucher': return <VoucherFields block={block} {...rest} />;
    case 'divider': return null;
  }
}
