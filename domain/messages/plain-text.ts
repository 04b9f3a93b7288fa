/** The shortest rich text. */
import type { Inline, RichText } from '#domain/messages/rich-text.ts';

/** One plain paragraph. */
export const plainText = (...content: Inline[]): RichText => ({ type: 'doc', content: [content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }] });
