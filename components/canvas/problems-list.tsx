'use client';
/** All that keeps the journey from being published, then what is worth a second look, each with the step it concerns and a way to it. */
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoTriangle } from '@tabler/icons-react';
import { ENTRY } from '#domain/journeys/operations/operation.ts';
import type { Warning } from '#domain/journeys/warn.ts';
import type { Problem } from '#domain/shared/result.ts';
import { useCanvas, useCanvasStore } from './canvas-store.ts';
import classes from './canvas.module.css';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';
import { useProblemWords } from './use-problem-words.ts';

function Lines({ found, warns, onShow }: { found: Record<string, (Problem | Warning)[]>; warns: boolean; onShow: (() => void) | undefined }) {
  const speech = useSpeech();
  const say = useProblemWords();
  const store = useCanvasStore();
  const nodes = useCanvas((state) => state.nodes);
  return (
    <ul className={classes.problems}>
      {Object.entries(found).flatMap(([id, problems]) => problems.map((problem, index) => {
        const node = nodes[id];
        return (
          <li key={`${id} ${problem.code} ${index}`} data-warning={warns || undefined}>
            {warns ? <IconInfoTriangle size={16} stroke={1.6} aria-hidden /> : <IconAlertTriangle size={16} stroke={1.6} aria-hidden />}
            <span><b>{id === ENTRY || !node ? speech.words('problem.entry') : describeNode(node, speech).sentence}</b><br />{say(problem)}</span>
            <Button variant="default" size="compact-xs" onClick={() => { store.getState().show(id); onShow?.(); }}>{speech.words('problem.show')}</Button>
          </li>
        );
      }))}
    </ul>
  );
}

export function ProblemsList({ onShow }: { onShow?: () => void }) {
  const { words } = useSpeech();
  const problems = useCanvas((state) => state.problemsOf);
  const warnings = useCanvas((state) => state.warningsOf);
  const count = Object.values(warnings).flat().length;
  return (
    <>
      {Object.keys(problems).length === 0 ? <p className={classes.calm}><IconCircleCheck size={16} stroke={1.6} aria-hidden /> {words('problem.none')}</p> : <Lines found={problems} warns={false} onShow={onShow} />}
      {count > 0 && <h3 className={classes.warningsTitle}>{words('problem.warnings', { count })}</h3>}
      {count > 0 && <Lines found={warnings} warns onShow={onShow} />}
    </>
  );
}
