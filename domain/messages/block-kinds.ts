/** The kinds of blocks, without their schemas: a list of its own, for the menu that adds them. */
import type { EmailBlock, LeafBlock } from '#domain/messages/email-blocks.ts';

export const BLOCK_KINDS = ['text', 'picture', 'button', 'products', 'points', 'voucher', 'divider', 'columns'] as const satisfies readonly EmailBlock['kind'][];
/** Those that stand in a column too. */
export const LEAF_KINDS = ['text', 'picture', 'button', 'points', 'voucher', 'divider'] as const satisfies readonly LeafBlock['kind'][];
