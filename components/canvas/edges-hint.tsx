'use client';
/** Over the card that the pointer rests on, or that the keyboard is at: what happens at the step's edges. Escape puts it away; the pointer may go onto it. */
import { useTranslations } from 'next-intl';
import { useEffect, useId, useState } from 'react';
import classes from './edges-hint.module.css';
import { useEdgeCases } from './use-edge-cases.ts';

const AFTER_MS = 450;
const LEAVES_MS = 200;
const WIDTH = 300;

type Place = { id: string; left: number; top: number };

function placeOf(card: HTMLElement): Place | null {
  const id = card.dataset['card'];
  const box = card.parentElement?.getBoundingClientRect();
  if (!id || !box || box.width < 120) return null;
  const isRoom = box.right + 12 + WIDTH < window.innerWidth;
  return { id, left: isRoom ? box.right + 12 : Math.max(8, box.left - 12 - WIDTH), top: Math.max(8, Math.min(box.top, window.innerHeight - 240)) };
}

/** The card that is pointed at or has the keyboard, a moment after; null while anything is dragged. */
function usePointed(): [Place | null, () => void] {
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const stage = document.querySelector('[data-stage]');
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = (after: number, next: () => Place | null): void => { clearTimeout(timer); timer = setTimeout(() => setPlace(next()), after); };
    const away = (): void => { clearTimeout(timer); setPlace(null); };
    const come = (event: Event): void => {
      if (!(event.target instanceof Element) || (event instanceof PointerEvent && event.buttons !== 0)) return;
      if (event.target.closest('[data-edges-hint]')) return clearTimeout(timer);
      const card = event.target.closest('.react-flow__node')?.querySelector<HTMLElement>('[data-card]');
      if (card && (event instanceof PointerEvent || card.matches(':focus-visible'))) later(AFTER_MS, () => (card.isConnected ? placeOf(card) : null));
      else later(LEAVES_MS, () => null);
    };
    const escape = (event: KeyboardEvent): void => { if (event.key === 'Escape' || event.key === 'Enter') away(); };
    stage?.addEventListener('pointerover', come);
    stage?.addEventListener('focusin', come);
    stage?.addEventListener('pointerleave', away);
    stage?.addEventListener('focusout', away);
    stage?.addEventListener('wheel', away, { passive: true });
    window.addEventListener('pointerdown', away, { capture: true });
    window.addEventListener('keydown', escape);
    return () => {
      clearTimeout(timer);
      stage?.removeEventListener('pointerover', come);
      stage?.removeEventListener('focusin', come);
      stage?.removeEventListener('pointerleave', away);
      stage?.removeEventListener('focusout', away);
      stage?.removeEventListener('wheel', away);
      window.removeEventListener('pointerdown', away, { capture: true });
      window.removeEventListener('keydown', escape);
    };
  }, []);
  return [place, () => setPlace(null)];
}

export function EdgesHint() {
  const t = useTranslations('understand.edges');
  const hintId = useId();
  const [place, putAway] = usePointed();
  const edges = useEdgeCases(place?.id ?? null);
  const shown = place !== null && edges.length > 0 ? place.id : null;
  useEffect(() => {
    const card = shown === null ? null : document.querySelector(`.react-flow [data-card="${shown}"]`);
    card?.setAttribute('aria-describedby', hintId);
    return () => card?.removeAttribute('aria-describedby');
  }, [shown, hintId]);
  if (shown === null || !place) return null;
  return (
    <div role="tooltip" id={hintId} className={classes.hint} data-edges-hint={shown} style={{ left: place.left, top: place.top, width: WIDTH }} onPointerLeave={putAway}>
      <dl>{edges.map(({ edge, name, text, count }) => <div key={edge}><dt>{name}</dt><dd>{text}{count > 0 ? ` ${t('soFar', { count })}` : ''}</dd></div>)}</dl>
    </div>
  );
}
