/** What differs between two texts: lines that go and come, each with its sign, and a few lines around them. */
import { useTranslations } from 'next-intl';
import { diffLines, type DiffLine } from '#domain/shared/diff-lines.ts';
import classes from '#components/promotion/promotion.module.css';

const AROUND = 2;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const;

/** Lines that stay, far from any change, are left out. */
function shownOf(lines: DiffLine[]): (DiffLine | null)[] {
  const near = lines.map((_, index) => lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same'));
  return lines.flatMap((line, index) => (near[index] ? [line] : near[index - 1] ? [null] : []));
}

export function TextDifference({ before, after }: { before: string | null; after: string }) {
  const t = useTranslations('promotion');
  const lines = before === null ? after.split('\n').map((text): DiffLine => ({ kind: 'added', text })) : diffLines(before, after);
  return (
    <div className={classes.difference} tabIndex={0} role="group" aria-label={t('difference')}>
      {shownOf(lines).map((line, index) => (line === null
        ? <div key={index} className={classes.gap} aria-hidden>⋯</div>
        : <div key={index} className={classes.line} data-kind={line.kind}><span aria-hidden>{SIGNS[line.kind]}</span>{line.kind !== 'same' && <span className={classes.hidden}>{t(`line.${line.kind}`)}</span>}<span>{line.text}</span></div>))}
    </div>
  );
}
