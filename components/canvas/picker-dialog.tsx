'use client';
/** A field over the canvas with what it finds below: arrows choose, Enter takes. The search for a step and the palette of actions are both this. */
import { Kbd, Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import classes from './picker-dialog.module.css';
import { useSpeech } from './speech-context.tsx';

export type Choice = { id: string; label: string; detail?: string; icon?: ReactNode; keys?: string | undefined; run: () => void };

export function PickerDialog({ label, placeholder, find, onClose }: { label: string; placeholder: string; find: (typed: string) => readonly Choice[]; onClose: () => void }) {
  const { words } = useSpeech();
  const listId = useId();
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const choices = find(typed);
  const current = Math.min(chosen, choices.length - 1);
  useEffect(() => { list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }); }, [current, typed]);
  const before = useRef(document.activeElement instanceof HTMLElement ? document.activeElement : null);
  // The keyboard goes back to where it was; then the choice may move it.
  const leave = (choice?: Choice): void => {
    onClose();
    requestAnimationFrame(() => { before.current?.focus({ preventScroll: true }); choice?.run(); });
  };
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) setChosen((current + step + choices.length) % choices.length);
    else if (event.key === 'Enter') { if (choices[current]) leave(choices[current]); }
    else return;
    event.preventDefault();
  };
  return (
    <Modal opened onClose={() => leave()} returnFocus={false} withCloseButton={false} padding={0} size="lg" yOffset="10vh" attributes={{ content: { 'aria-label': label } }} transitionProps={{ duration: 0 }}>
      <TextInput data-autofocus size="md" variant="unstyled" className={classes.field} leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />} aria-label={label} placeholder={placeholder} value={typed} onKeyDown={keys}
        role="combobox" aria-expanded={choices.length > 0} aria-controls={listId} aria-activedescendant={choices[current] ? `${listId}-${current}` : undefined} onChange={(event) => { setTyped(event.currentTarget.value); setChosen(0); }} />
      <ul ref={list} id={listId} role="listbox" aria-label={words('overlay.results')} className={classes.list} tabIndex={-1}>
        {choices.map((choice, index) => (
          <li key={choice.id} id={`${listId}-${index}`} role="option" aria-selected={index === current} className={classes.choice} onMouseMove={() => setChosen(index)} onClick={() => leave(choice)}>
            {choice.icon}
            <span className={classes.text}><span>{choice.label}</span>{choice.detail && <span className={classes.detail}>{choice.detail}</span>}</span>
            {choice.keys && <Kbd size="xs">{choice.keys}</Kbd>}
          </li>
        ))}
      </ul>
      <p role="status" className={choices.length > 0 ? classes.hidden : classes.nothing}>{choices.length > 0 ? words('overlay.found', { count: choices.length }) : words('overlay.nothing')}</p>
    </Modal>
  );
}
