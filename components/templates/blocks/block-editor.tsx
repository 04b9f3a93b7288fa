'use client';
/** An e-mail as blocks: added, moved by dragging, buttons or keys, copied, taken away; each step can be undone. */
import { ActionIcon, Group, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Fragment, useRef, useState, type KeyboardEvent } from 'react';
import { MAIL_FONTS } from '#domain/brand/mail-fonts.ts';
import { BLOCK_KINDS } from '#domain/messages/block-kinds.ts';
import type { EmailBlock, EmailDocument } from '#domain/messages/email-blocks.ts';
import { useLoyaltyNames } from '#components/templates/use-variables.ts';
import { AddBlock } from './add-block.tsx';
import { BlockCard } from './block-card.tsx';
import { CheckedText } from './block-fields.tsx';
import classes from './blocks.module.css';
import { copyBlock, newBlock, type Surroundings } from './new-block.ts';
import { useDocumentHistory } from './use-document-history.ts';

type Props = { document: EmailDocument; readOnly: boolean; onDocument: (document: EmailDocument) => void };

function Look({ document, readOnly, onDocument }: Props) {
  const t = useTranslations('blocks.look');
  const { look, footer } = document;
  const colour = (name: 'accent' | 'background') => (
    <label style={{ display: 'flex', flexDirection: 'column', fontSize: 13, fontWeight: 500 }}>{t(name)}
      <input type="color" className={classes.colour} disabled={readOnly} value={look[name]} onChange={({ currentTarget }) => onDocument({ ...document, look: { ...look, [name]: currentTarget.value } })} />
    </label>
  );
  return (
    <div className={classes.look}>
      {colour('accent')}{colour('background')}
      <NativeSelect label={t('font')} disabled={readOnly} value={look.font} data={MAIL_FONTS.map((font) => ({ value: font, label: t(font) }))} onChange={({ currentTarget }) => { const font = MAIL_FONTS.find((one) => one === currentTarget.value); if (font) onDocument({ ...document, look: { ...look, font } }); }} />
      <TextInput label={t('footer')} readOnly={readOnly} maxLength={500} value={footer.text} onChange={({ currentTarget }) => onDocument({ ...document, footer: { ...footer, text: currentTarget.value } })} style={{ flex: '1 1 180px' }} />
      <CheckedText label={t('preferences')} value={footer.preferences} fits={(text) => text.trim() !== '' && text.length <= 100} wrong={t('preferencesWrong')} readOnly={readOnly} onChange={(preferences) => onDocument({ ...document, footer: { ...footer, preferences } })} />
    </div>
  );
}

/** The names of new blocks' words, with what the brand has. */
function useSurroundings(): Surroundings {
  const t = useTranslations('blocks.begin');
  const names = useLoyaltyNames();
  return { ...names, words: { text: t('text'), button: t('button'), points: t('points'), voucher: t('voucher'), until: t('until'), alt: t('alt'), product: t('product') } };
}

export function BlockEditor({ document, readOnly, onDocument }: Props) {
  const t = useTranslations('blocks');
  const around = useSurroundings();
  const history = useDocumentHistory(document, onDocument);
  const { blocks } = document;
  const dragged = useRef<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const list = useRef<HTMLOListElement>(null);
  const set = (next: EmailBlock[]): void => history.change({ ...document, blocks: next });
  const change = (index: number, block: EmailBlock): void => history.change({ ...document, blocks: blocks.map((each, place) => (place === index ? block : each)) }, block.id);
  const move = (from: number, to: number): void => {
    const one = blocks[from];
    if (!one || to < 0 || to >= blocks.length) return;
    const rest = blocks.filter((_, index) => index !== from);
    set([...rest.slice(0, to), one, ...rest.slice(to)]);
  };
  const insert = (index: number, block: EmailBlock): void => {
    set([...blocks.slice(0, index), block, ...blocks.slice(index)]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-block="${block.id}"] :is([role="textbox"], input, button)`)?.focus());
  };
  const keys = (event: KeyboardEvent): void => {
    // A text field has an undo of its own.
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z' || (event.target instanceof HTMLElement && event.target.matches('input, textarea, [role="textbox"]'))) return;
    event.preventDefault();
    (event.shiftKey ? history.redo : history.undo)?.();
  };
  return (
    <div onKeyDown={keys} style={{ display: 'flex', flexDirection: 'column', gap: 10 }}>
      <Look document={document} readOnly={readOnly} onDocument={(next) => history.change(next, 'look')} />
      {!readOnly && (
        <Group gap={2}>
          <Tooltip label={t('undo')}><ActionIcon aria-label={t('undo')} disabled={!history.undo} onClick={() => history.undo?.()}><IconArrowBackUp size={16} aria-hidden /></ActionIcon></Tooltip>
          <Tooltip label={t('redo')}><ActionIcon aria-label={t('redo')} disabled={!history.redo} onClick={() => history.redo?.()}><IconArrowForwardUp size={16} aria-hidden /></ActionIcon></Tooltip>
        </Group>
      )}
      <ol ref={list} className={classes.blocks} aria-label={t('title')}>
        {blocks.map((block, index) => (
          <Fragment key={block.id}>
            <li data-over={over === block.id || undefined} onDragOver={(event) => { if (dragged.current) { event.preventDefault(); setOver(block.id); } }} onDrop={(event) => {
              event.preventDefault();
              move(blocks.findIndex(({ id }) => id === dragged.current), index);
              setOver(null);
            }}>
              <BlockCard block={block} place={{ index, count: blocks.length }} readOnly={readOnly} around={around} onChange={(next) => change(index, next)} onMove={(by) => move(index, index + by)} onCopy={() => insert(index + 1, copyBlock(block))}
                onRemove={blocks.length > 1 ? () => set(blocks.filter((_, place) => place !== index)) : null} onDrag={(on) => { dragged.current = on ? block.id : null; if (!on) setOver(null); }} />
            </li>
            {!readOnly && <li className={classes.add}><AddBlock kinds={BLOCK_KINDS} around={around} onAdd={(kind) => insert(index + 1, newBlock(kind, around))} /></li>}
          </Fragment>
        ))}
      </ol>
    </div>
  );
}
