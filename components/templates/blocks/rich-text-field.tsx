'use client';
/** A rich text as it reads, until somebody is at work: then the editor is loaded, and goes on from what was pressed and typed meanwhile. */
import { createElement, Fragment, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { Inline, RichText } from '#domain/messages/rich-text.ts';
import { useVariableLabel } from '#components/templates/use-variables.ts';
import { useLoaded } from '#components/ui/use-loaded.ts';
import { useTouched } from '#components/ui/use-touched.ts';
import classes from './blocks.module.css';
import type { Begun } from './rich-text-editor.tsx';

const loadEditor = async () => (await import('./rich-text-editor.tsx')).RichTextEditor;

const TAGS = { bold: 'strong', italic: 'em', underline: 'u' } as const;

function Variable({ name, fallback }: { name: string; fallback: string }) {
  const label = useVariableLabel()(name);
  return <span className="variable" title={name}>{fallback ? `${label} / ${fallback}` : label}</span>;
}

function Words({ content }: { content: readonly Inline[] | undefined }): ReactNode {
  return (content ?? []).map((node, index) => {
    if (node.type === 'hardBreak') return <br key={index} />;
    const inner: ReactNode = node.type === 'text' ? node.text : <Variable {...node.attrs} />;
    return <Fragment key={index}>{(node.marks ?? []).reduce((words, mark) => (mark.type === 'link' ? <u>{words}</u> : createElement(TAGS[mark.type], null, words)), inner)}</Fragment>;
  });
}

function Part({ node }: { node: RichText['content'][number] }): ReactNode {
  switch (node.type) {
    case 'paragraph': return <p><Words content={node.content} />{!node.content && <br />}</p>;
    case 'heading': return createElement(node.attrs.level === 1 ? 'h1' : node.attrs.level === 2 ? 'h2' : 'h3', null, <Words content={node.content} />);
    case 'bulletList':
    case 'orderedList': {
      const items = node.content.map((item, index) => <li key={index}>{item.content.map((paragraph, place) => <p key={place}><Words content={paragraph.content} /></p>)}</li>);
      return node.type === 'bulletList' ? <ul>{items}</ul> : <ol>{items}</ol>;
    }
  }
}

type Props = { label: string; value: RichText; readOnly: boolean; onChange: (value: RichText) => void };

export function RichTextField({ label, value, readOnly, onChange }: Props) {
  const Editor = useLoaded(useTouched() && !readOnly, loadEditor);
  const [begun, setBegun] = useState<Begun | null>(null);
  if (Editor) return createElement(Editor, { label, value, onChange, begun });
  const begin = (change: (now: Begun) => Begun): void => setBegun((now) => change(now ?? { at: null, typed: '' }));
  const keep = (event: KeyboardEvent): void => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    begin((now) => ({ ...now, typed: now.typed + event.key }));
  };
  const listens = !readOnly && {
    onFocus: () => begin((now) => now), onBlur: () => setBegun((now) => (now?.typed ? now : null)),
    onPointerDown: ({ clientX, clientY }: PointerEvent) => begin((now) => ({ ...now, at: { left: clientX, top: clientY } })), onKeyDown: keep,
  };
  return (
    <div className={classes.richFrame}>
      {!readOnly && <div className={classes.toolbarPlace} />}
      <div role="textbox" tabIndex={0} aria-label={label} aria-multiline="true" aria-readonly={readOnly || undefined} className={classes.rich} {...listens}>
        {value.content.map((node, index) => <Part key={index} node={node} />)}
      </div>
    </div>
  );
}
