'use client';
/** All that keeps the journey from being published, each with the step it concerns and a way to it. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import type { Problem } from '#domain/shared/result.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

/** The sentence of a problem in the person's language; a code without words says the domain's own. */
export function useProblemWords(): ({ code, message }: Problem) => string {
  const words = useTranslations('canvas');
  return ({ code, message }) => {
    const key = `problem.${code.replaceAll('.', '_')}`;
    return words.has(key) ? words(key) : message;
  };
}

export function ProblemsList({ onShow }: { onShow?: () => void }) {
  const speech = useSpeech();
  const say = useProblemWords();
  const store = useCanvasStore();
  const problemsOf = useCanvas((state) => state.problemsOf);
  const nodes = useCanvas((state) => state.nodes);
  const lines = Object.entries(problemsOf).flatMap(([id, problems]) => problems.map((problem) => ({ id, problem })));
  if (lines.length === 0) return <p className={classes.calm}><IconCircleCheck size={16} stroke={1.6} aria-hidden /> {speech.words('problem.none')}</p>;
  return (
    <ul className={classes.problems}>
      {lines.map(({ id, problem }, index) => {
        const node = nodes[id];
        return (
          <li key={`${id} ${problem.code} ${index}`}>
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
            <span><b>{id === ENTRY || !node ? speech.words('problem.entry') : describeNode(node, speech).sentence}</b><br />{say(problem)}</span>
            <Button variant="default" size="compact-xs" onClick={() => { store.getState().show(id); onShow?.(); }}>{speech.words('problem.show')}</Button>
          </li>
        );
      })}
    </ul>
  );
}
