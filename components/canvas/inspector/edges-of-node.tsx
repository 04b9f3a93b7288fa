'use client';
/** What happens at the edges of a step, to be read at leisure: the same as the hint on its card. */
import { useTranslations } from 'next-intl';
import { useEdgeCases } from '#components/canvas/use-edge-cases.ts';
import classes from './inspector.module.css';

export function EdgesOfNode({ id, title }: { id: string; title: string }) {
  const t = useTranslations('understand.edges');
  const edges = useEdgeCases(id);
  if (edges.length === 0) return null;
  return (
    <section className={classes.section}>
      <h3>{title}</h3>
      <dl className={classes.edges}>{edges.map(({ edge, name, text, count }) => <div key={edge}><dt>{name}</dt><dd>{text}{count > 0 ? ` ${t('soFar', { count })}` : ''}</dd></div>)}</dl>
    </section>
  );
}
