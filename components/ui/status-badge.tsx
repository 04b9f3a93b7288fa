/** A status as a coloured mark and its word: the shape differs as well as the colour. */
import classes from '#components/ui/ui.module.css';

export const TONES = ['live', 'quiet', 'warning', 'danger', 'ink'] as const;
export type Tone = (typeof TONES)[number];

export function StatusBadge({ tone, children }: { tone: Tone; children: string }) {
  const shape = tone === 'quiet' ? 'ring' : tone === 'danger' || tone === 'warning' ? 'square' : 'round';
  return (
    <span className={classes.status}>
      <span className={classes.dot} data-shape={shape} style={{ '--tone': `var(--${tone})` } as React.CSSProperties} aria-hidden="true" />
      {children}
    </span>
  );
}
