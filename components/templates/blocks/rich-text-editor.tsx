'use client';
/** A text with emphasis, headings, lists, links and variables, written where it stands: loaded once somebody is at work (rich-text-field.tsx). */
import { ActionIcon, Button, Group, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconBold, IconH1, IconH2, IconItalic, IconLink, IconList, IconListNumbers, IconUnderline } from '@tabler/icons-react';
import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { isHref } from '#domain/messages/href.ts';
import { RichText } from '#domain/messages/rich-text.ts';
import { useVariableLabel } from '#components/templates/use-variables.ts';
import { VariablesMenu } from '#components/templates/variables-menu.tsx';
import classes from './blocks.module.css';
import { VariableNode } from './variable-node.ts';

const STARTER = StarterKit.configure({ blockquote: false, code: false, codeBlock: false, horizontalRule: false, strike: false, trailingNode: false, heading: { levels: [1, 2, 3] }, link: { openOnClick: false, autolink: false, linkOnPaste: true } });
const asPath = (name: string): string => name;

function LinkButton({ editor, active }: { editor: Editor; active: boolean }) {
  const t = useTranslations('blocks.text');
  const [opened, setOpened] = useState(false);
  const [href, setHref] = useState('');
  const fits = isHref(href);
  const open = (): void => {
    const now: unknown = editor.getAttributes('link')['href'];
    setHref(typeof now === 'string' ? now : 'https://');
    setOpened(true);
  };
  const leave = (change: () => void): void => {
    change();
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start">
      <Popover.Target><Tooltip label={t('link')}><ActionIcon aria-label={t('link')} aria-pressed={active} variant={active ? 'light' : 'subtle'} onClick={open}><IconLink size={16} aria-hidden /></ActionIcon></Tooltip></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); if (fits) leave(() => editor.chain().focus().extendMarkRange('link').setLink({ href }).run()); }}>
          <TextInput label={t('address')} value={href} error={href.length > 9 && !fits ? t('addressWrong') : null} onChange={(event) => setHref(event.currentTarget.value)} w={280} />
          <Group gap="xs" mt="xs"><Button type="submit" size="xs" disabled={!fits}>{t('setLink')}</Button>{active && <Button size="xs" variant="default" onClick={() => leave(() => editor.chain().focus().extendMarkRange('link').unsetLink().run())}>{t('removeLink')}</Button>}</Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function Toolbar({ editor }: { editor: Editor }) {
  const t = useTranslations('blocks.text');
  const is = useEditorState({ editor, selector: ({ editor: now }) => ({
    bold: now.isActive('bold'), italic: now.isActive('italic'), underline: now.isActive('underline'), h1: now.isActive('heading', { level: 1 }), h2: now.isActive('heading', { level: 2 }),
    bullets: now.isActive('bulletList'), numbers: now.isActive('orderedList'), link: now.isActive('link'), variable: now.isActive('variable'), fallback: String(now.getAttributes('variable')['fallback'] ?? ''),
  }) });
  const run = () => editor.chain().focus();
  const buttons = [
    ['bold', IconBold, () => run().toggleBold().run()], ['italic', IconItalic, () => run().toggleItalic().run()], ['underline', IconUnderline, () => run().toggleUnderline().run()],
    ['h1', IconH1, () => run().toggleHeading({ level: 1 }).run()], ['h2', IconH2, () => run().toggleHeading({ level: 2 }).run()],
    ['bullets', IconList, () => run().toggleBulletList().run()], ['numbers', IconListNumbers, () => run().toggleOrderedList().run()],
  ] as const;
  return (
    <Group gap={2} role="toolbar" aria-label={t('toolbar')}>
      {buttons.map(([name, Icon, act]) => (
        <Tooltip key={name} label={t(name)}><ActionIcon aria-label={t(name)} aria-pressed={is[name]} variant={is[name] ? 'light' : 'subtle'} onClick={act}><Icon size={16} aria-hidden /></ActionIcon></Tooltip>
      ))}
      <LinkButton editor={editor} active={is.link} />
      <VariablesMenu write={asPath} onChoose={(name) => run().insertContent([{ type: 'variable', attrs: { name, fallback: '' } }]).run()} />
      {is.variable && <TextInput size="xs" aria-label={t('fallback')} placeholder={t('fallback')} maxLength={200} value={is.fallback} onChange={(event) => editor.commands.updateAttributes('variable', { fallback: event.currentTarget.value })} w={180} />}
    </Group>
  );
}

/** What somebody had begun while this was loading: where they pressed, and the letters since. */
export type Begun = { at: { left: number; top: number } | null; typed: string };
export type RichTextProps = { label: string; value: RichText; onChange: (value: RichText) => void; begun: Begun | null };

function takeUp(editor: Editor, { at, typed }: Begun): void {
  const found = at && editor.view.posAtCoords(at);
  editor.commands.focus(found ? found.pos : 'end');
  if (typed) editor.commands.insertContent({ type: 'text', text: typed });
}

export function RichTextEditor({ label, value, onChange, begun }: RichTextProps) {
  const labelOf = useVariableLabel();
  const [extensions] = useState(() => [STARTER, VariableNode.configure({ labelOf })]);
  const editor = useEditor({
    extensions, content: value, immediatelyRender: false,
    editorProps: { attributes: { 'aria-label': label, 'aria-multiline': 'true', role: 'textbox', class: classes.rich ?? '' } },
    onCreate: ({ editor: now }) => begun && takeUp(now, begun),
    onUpdate: ({ editor: now }) => {
      const read = RichText.safeParse(now.getJSON());
      if (read.success) onChange(read.data);
    },
  });
  // What came from elsewhere (undo, another language) is shown; what was just typed is there already.
  useEffect(() => {
    if (editor && JSON.stringify(RichText.safeParse(editor.getJSON()).data) !== JSON.stringify(value)) editor.commands.setContent(value, { emitUpdate: false });
  }, [editor, value]);
  return (
    <div className={classes.richFrame}>
      {editor ? <Toolbar editor={editor} /> : <div className={classes.toolbarPlace} />}
      <EditorContent editor={editor} />
    </div>
  );
}
