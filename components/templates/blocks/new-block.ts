/** How a block begins when it is added. */
import type { EmailBlock, LeafBlock } from '#domain/messages/email-blocks.ts';
import { plainText } from '#domain/messages/plain-text.ts';
import { newId } from '#components/templates/new-document.ts';
import type { NamedKey } from '#components/templates/use-variables.ts';

export type BlockWords = Record<'text' | 'button' | 'points' | 'voucher' | 'until' | 'alt' | 'product', string>;
/** What new blocks name. The words are those of the reader's language. */
export type Surroundings = { words: BlockWords; programmes: NamedKey[]; offers: NamedKey[] };

const ADDRESS = 'https://www.example.com/';

export function newLeaf(kind: LeafBlock['kind'], { words, programmes, offers }: Surroundings): LeafBlock {
  const id = newId();
  switch (kind) {
    case 'text': return { id, kind, align: 'left', text: plainText({ type: 'text', text: words.text }) };
    case 'picture': return { id, kind, url: `${ADDRESS}picture.jpg`, alt: words.alt, widthPercent: 100 };
    case 'button': return { id, kind, label: words.button, href: ADDRESS };
    case 'points': return { id, kind, programme: programmes[0]?.key ?? 'points', label: words.points };
    case 'voucher': return { id, kind, offer: offers[0]?.key ?? 'offer', title: words.voucher, validLabel: words.until };
    case 'divider': return { id, kind };
  }
}

export function newBlock(kind: EmailBlock['kind'], around: Surroundings): EmailBlock {
  if (kind === 'columns') return { id: newId(), kind, columns: [[newLeaf('text', around)], [newLeaf('text', around)]] };
  if (kind === 'products') return { id: newId(), kind, source: { from: 'event', most: 5 } };
  return newLeaf(kind, around);
}

/** A copy under ids of its own. */
export function copyBlock(block: EmailBlock): EmailBlock {
  if (block.kind === 'columns') return { ...block, id: newId(), columns: block.columns.map((leaves) => leaves.map((leaf) => ({ ...leaf, id: newId() }))) };
  return { ...block, id: newId() };
}
