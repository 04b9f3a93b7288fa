'use client';
/** What publishing does to the people inside: finish or move, counted before it happens, with a choice for every step that is gone (§8.2). */
import { Alert, Button, Radio, Select, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MOVE_CLASSES, type MoveClass } from '#domain/enrollments/move-to-version.ts';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';
import { useCanvas } from './canvas-store.ts';
import { journeyApi, type JourneyDetail } from './journey-api.ts';
import { liveApi, type ClassCounts, type NodePreview, type PeoplePolicy } from './live-api.ts';
import classes from './live-changes.module.css';
import { PreviewPeople } from './preview-people.tsx';
import { describeNode } from './sentences.ts';
import { useSpeech } from './speech-context.tsx';

export const FINISH_ALL: PeoplePolicy = { mode: 'finish', perNode: {}, gone: {} };
const LEAVE = ' leave';

function useStepName(journey: JourneyDetail): (nodeId: string) => string {
  const speech = useSpeech();
  const drawn = useCanvas((state) => state.nodes);
  const number = journey.liveVersion?.number ?? 0;
  const { data } = useQuery({ queryKey: ['designer', journey.id, 'version', number], queryFn: () => journeyApi.version(journey.id, number), enabled: number > 0, staleTime: Infinity });
  return (nodeId) => {
    const node: JourneyNode | undefined = drawn[nodeId] ?? data?.definition.nodes.find(({ id }) => id === nodeId);
    return node ? describeNode(node, speech).sentence : nodeId;
  };
}

function Counts({ counts, people, shown, onShow }: { counts: ClassCounts; people: number; shown: MoveClass | null; onShow: (name: MoveClass | null) => void }) {
  const t = useTranslations('liveChanges');
  const { number } = useFormats();
  const maySee = useCan('customers:read');
  const there = MOVE_CLASSES.filter((name) => counts[name] > 0);
  return (
    <>
      <div className={classes.bar} role="img" aria-label={t('publish.bar')}>{there.map((name) => <span key={name} className={classes[name]} style={{ flexGrow: counts[name] / people }} />)}</div>
      <ul className={classes.classes}>
        {there.map((name) => (
          <li key={name} className={classes.class}>
            <span className={`${classes.mark} ${classes[name]}`} aria-hidden />
            <span><b>{number(counts[name])}</b> {t(`class.${name}`)}</span>
            {maySee && <Button variant="subtle" size="compact-xs" aria-expanded={shown === name} aria-label={t('publish.who', { what: t(`class.${name}`) })} onClick={() => onShow(shown === name ? null : name)}>{t('publish.show')}</Button>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Step({ node, policy, name, onChange }: { node: NodePreview; policy: PeoplePolicy; name: (nodeId: string) => string; onChange: (policy: PeoplePolicy) => void }) {
  const t = useTranslations('liveChanges');
  const nodes = useCanvas((state) => state.drawing.journey.nodes);
  const called = name(node.nodeId);
  const mode = policy.perNode[node.nodeId] ?? policy.mode;
  const choice = policy.gone[node.nodeId];
  const proposed = node.proposes?.to ?? null;
  const { number } = useFormats();
  const said = [t('publish.people2', { count: node.people }), ...(node.isGone ? [t('publish.isGone')] : MOVE_CLASSES.filter((each) => node.counts[each] > 0).map((each) => `${number(node.counts[each])} ${t(`class.${each}`)}`))];
  const targets = [...nodes].sort((left, right) => Number(right.id === proposed) - Number(left.id === proposed)).map(({ id }) => ({ value: id, label: id === proposed ? t('publish.follows', { step: name(id) }) : name(id) }));
  const without = (): PeoplePolicy['gone'] => Object.fromEntries(Object.entries(policy.gone).filter(([id]) => id !== node.nodeId));
  const choose = (value: string | null): void => onChange({ ...policy, gone: value === null ? without() : { ...policy.gone, [node.nodeId]: value === LEAVE ? { leave: true } : { to: value } } });
  const automatic = proposed === null ? t('publish.end') : t('publish.follows', { step: name(proposed) });
  return (
    <li className={classes.step} data-gone={node.isGone || undefined}>
      <span className={classes.stepText}>{called}<span className={classes.detail}>{said.join(' · ')}</span></span>
      <Select size="xs" w={190} aria-label={t('publish.stepMode', { step: called })} allowDeselect={false} value={mode} data={[{ value: 'move', label: t('publish.modeMove') }, { value: 'finish', label: t('publish.modeFinish') }]}
        onChange={(value) => onChange({ ...policy, perNode: { ...policy.perNode, [node.nodeId]: value === 'finish' ? 'finish' : 'move' } })} />
      {node.isGone && mode === 'move' && (
        <Select size="xs" w="100%" searchable clearable={!node.needsChoice} aria-label={t('publish.whereTo', { step: called })} placeholder={node.needsChoice ? t('publish.choose') : automatic}
          value={choice ? ('to' in choice ? choice.to : LEAVE) : null} data={[...targets, { value: LEAVE, label: t('publish.leave') }]} onChange={choose} error={node.needsChoice && !choice} />
      )}
    </li>
  );
}

/** How many steps still wait for a choice. */
export const missingChoices = (nodes: NodePreview[], policy: PeoplePolicy): number => nodes.filter(({ nodeId, needsChoice }) => needsChoice && (policy.perNode[nodeId] ?? policy.mode) === 'move' && !policy.gone[nodeId]).length;

export function PublishPeople({ journey, number, people, policy, onChange, onMissing }: {
  journey: JourneyDetail; number: number; people: number; policy: PeoplePolicy; onChange: (policy: PeoplePolicy) => void; onMissing: (count: number | null) => void;
}) {
  const t = useTranslations('liveChanges');
  const sentence = useProblemSentence();
  const name = useStepName(journey);
  const [shown, setShown] = useState<MoveClass | null>(null);
  const moves = policy.mode === 'move';
  const preview = useQuery({
    queryKey: ['designer', journey.id, 'preview', policy], enabled: moves, gcTime: 0, placeholderData: (before) => before,
    queryFn: async () => {
      const answer = await liveApi.preview(journey.id, policy);
      onMissing(missingChoices(answer.nodes, policy));
      return answer;
    },
  });
  const missing = preview.data ? missingChoices(preview.data.nodes, policy) : 0;
  const choose = (mode: string): void => {
    onMissing(mode === 'move' ? null : 0);
    onChange(mode === 'move' ? { ...policy, mode: 'move' } : FINISH_ALL);
  };
  return (
    <>
      <Radio.Group label={t('publish.people', { people })} value={policy.mode} onChange={choose} mb="md">
        <Radio mt="xs" value="finish" label={t('publish.finish')} description={t('publish.finishHelp', { number })} />
        <Radio mt="xs" value="move" label={t('publish.move', { number })} description={t('publish.moveHelp')} />
      </Radio.Group>
      {moves && preview.isPending && <Skeleton height={60} aria-label={t('publish.counting')} />}
      {moves && preview.isError && <Alert color="danger" variant="outline">{t('publish.failed')} {sentence(preview.error)} <Button variant="subtle" size="compact-xs" onClick={() => void preview.refetch()}>{t('publish.show')}</Button></Alert>}
      {moves && preview.data && (
        <div aria-live="polite">
          <Counts counts={preview.data.counts} people={preview.data.people} shown={shown} onShow={setShown} />
          {shown && preview.data.counts[shown] > 0 && <PreviewPeople journeyId={journey.id} policy={policy} what={shown} name={name} />}
          <h3 className={classes.heading}>{t('publish.perStep')}</h3>
          <ul className={classes.steps}>{preview.data.nodes.map((node) => <Step key={node.nodeId} node={node} policy={policy} name={name} onChange={onChange} />)}</ul>
          {missing > 0 && <Text size="sm" c="danger" mt="xs" role="alert">{t('publish.missing', { count: missing })}</Text>}
        </div>
      )}
    </>
  );
}
