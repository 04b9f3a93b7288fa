/** A variable inside a text: one piece that the cursor steps over, in the words of a person, with what stands in its place where nothing is known. */
import { mergeAttributes, Node } from '@tiptap/react';

/** «First name / there». */
export const variableText = (label: string, fallback: string): string => (fallback ? `${label} / ${fallback}` : label);

export const VariableNode = Node.create<{ labelOf: (name: string) => string }>({
  name: 'variable', group: 'inline', inline: true, atom: true, selectable: true,
  addOptions: () => ({ labelOf: (name) => name }),
  addAttributes: () => ({ name: { default: '', parseHTML: (element) => element.getAttribute('data-variable') }, fallback: { default: '', parseHTML: (element) => element.getAttribute('data-fallback') ?? '' } }),
  parseHTML: () => [{ tag: 'span[data-variable]' }],
  renderHTML({ node, HTMLAttributes }) {
    const [name, fallback] = [String(node.attrs['name']), String(node.attrs['fallback'])];
    return ['span', mergeAttributes({ 'data-variable': name, 'data-fallback': fallback, class: 'variable', title: name, ...('class' in HTMLAttributes ? HTMLAttributes : {}) }), variableText(this.options.labelOf(name), fallback)];
  },
  renderText: ({ node }) => String(node.attrs['name']),
});
