/** A variable inside a text: one piece that the cursor steps over, with what stands in its place where nothing is known. */
import { mergeAttributes, Node } from '@tiptap/react';

export const VariableNode = Node.create({
  name: 'variable', group: 'inline', inline: true, atom: true, selectable: true,
  addAttributes: () => ({ name: { default: '', parseHTML: (element) => element.getAttribute('data-variable') }, fallback: { default: '', parseHTML: (element) => element.getAttribute('data-fallback') ?? '' } }),
  parseHTML: () => [{ tag: 'span[data-variable]' }],
  renderHTML: ({ node, HTMLAttributes }) => ['span', mergeAttributes({ 'data-variable': node.attrs['name'] as string, 'data-fallback': node.attrs['fallback'] as string, class: 'variable', ...('class' in HTMLAttributes ? HTMLAttributes : {}) }), String(node.attrs['name'])],
  renderText: ({ node }) => String(node.attrs['name']),
});
