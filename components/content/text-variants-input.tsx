'use client';
/** A text that customers read, once per language: the workspace's, those of the interface, and what is there already. An empty one is left out. */
import { TextInput } from '@mantine/core';
import { useSession } from '#components/session.tsx';
import { LANGUAGES } from '#components/words/languages.ts';

type Props = { label: string; value: Record<string, string>; error?: string | null; readOnly?: boolean; maxLength?: number; onChange: (value: Record<string, string>) => void };

export function TextVariantsInput({ label, value, error, readOnly = false, maxLength = 500, onChange }: Props) {
  const { workspace } = useSession();
  const tags = [...new Set([workspace.language.split('-')[0] ?? workspace.language, ...Object.keys(LANGUAGES), ...Object.keys(value)])];
  const write = (tag: string, text: string): void => onChange(Object.fromEntries([...Object.entries(value).filter(([one]) => one !== tag), ...(text === '' ? [] : [[tag, text]])]));
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(200px, 100%), 1fr))', gap: 12 }}>
      {tags.map((tag, index) => <TextInput key={tag} label={`${label} (${tag})`} maxLength={maxLength} readOnly={readOnly} value={value[tag] ?? ''} error={index === 0 ? error : null} onChange={(event) => write(tag, event.currentTarget.value)} />)}
    </div>
  );
}
