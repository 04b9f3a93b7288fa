'use client';
/** Promote to live: the difference and what is missing first, then the copy as a draft. Nothing is published, and no customer comes along. */
import { Alert, Button, Group, Modal, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconInfoCircle } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { JourneyChange } from '#components/canvas/journey-change.tsx';
import { api, ApiProblem } from '#components/api-client.ts';
import { KindMark } from '#components/frame/kind-mark.tsx';
import { changeWorkspace } from '#components/frame/change-workspace.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { PartRow } from '#components/promotion/part-row.tsx';
import { partId, type Choice, type Missing, type Promoted, type PromotionPlan } from '#components/promotion/promotion-types.ts';
import classes from '#components/promotion/promotion.module.css';
import { useSession } from '#components/session.tsx';
import { LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';

function MissingList({ missing }: { missing: Missing[] }) {
  const t = useTranslations('promotion');
  const sentence = useReasonSentence();
  if (missing.length === 0) return <Text size="sm" c="dimmed">{t('nothingMissing')}</Text>;
  const lines = [...new Map(missing.map((each) => [`${each.code} ${JSON.stringify(each.figures)}`, each])).values()];
  return (
    <ul className={classes.missing}>
      {lines.map((each) => {
        const Icon = each.blocks ? IconAlertTriangle : IconInfoCircle;
        return <li key={`${each.code} ${JSON.stringify(each.figures)}`}><Icon size={16} stroke={1.6} color={each.blocks ? 'var(--danger)' : 'var(--warning)'} aria-hidden /><span>{sentence({ code: each.code, figures: each.figures })} <span className="quiet">{t(each.blocks ? 'blocks' : 'warns')}</span></span></li>;
      })}
    </ul>
  );
}

function Shown({ plan, onChoose }: { plan: PromotionPlan; onChoose: (choice: Choice) => void }) {
  const t = useTranslations('promotion');
  const formats = useFormats();
  const { before, after } = plan.journey;
  return (
    <>
      <p className="quiet">{plan.last ? t('lastTime', { at: formats.dateTime(plan.last.at) }) : t('firstTime')} {before && plan.journey.liveStatus === 'live' ? t('runs') : ''}</p>
      {before && plan.parts[0]?.state !== 'same' && <><h3 className={classes.section}>{t('journeyDiffers')}</h3><JourneyChange before={before} after={after} /></>}
      <h3 className={classes.section}>{t('parts')}</h3>
      <ul className={classes.parts}>{plan.parts.map((part) => <PartRow key={partId(part)} part={part} onChoose={(side) => onChoose({ kind: part.kind, key: part.key, side })} />)}</ul>
      <h3 className={classes.section}>{t('missing')}</h3>
      <MissingList missing={plan.missing} />
    </>
  );
}

function Done({ promoted, plan, onClose }: { promoted: Promoted; plan: PromotionPlan; onClose: () => void }) {
  const t = useTranslations('promotion');
  const ui = useTranslations('ui');
  return (
    <>
      <Alert color="live" role="status">{t(`done.${promoted.draft}`, { live: plan.live.name })}</Alert>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>{ui('close')}</Button>
        <Button onClick={() => void changeWorkspace(promoted.liveWorkspaceId, `/journeys/${promoted.liveJourneyId}`)}>{t('openLive')}</Button>
      </Group>
    </>
  );
}

/** `save` brings the draft to the server first: what is compared is what is there. */
export function PromoteDialog({ journeyId, save, onClose }: { journeyId: string; save: () => Promise<boolean>; onClose: () => void }) {
  const t = useTranslations('promotion');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const { workspace } = useSession();
  const [saved, setSaved] = useState(false);
  const [choices, setChoices] = useState<Choice[]>([]);
  const [reason, setReason] = useState('');
  useEffect(() => void save().then(setSaved), [save]);
  const plan = useQuery({
    queryKey: ['promotion', journeyId, choices], enabled: saved, gcTime: 0, placeholderData: (before: PromotionPlan | undefined) => before, retry: false,
    queryFn: () => api.post<PromotionPlan>(`/journeys/${journeyId}/promotion/preview`, { choices }),
  });
  const promoting = useMutation({
    mutationFn: (revision: number) => api.post<Promoted>(`/journeys/${journeyId}/promotion`, { revision, choices, ...(reason.trim() && { reason: reason.trim() }) }),
    onError: () => void plan.refetch(),
  });
  const choose = (choice: Choice): void => setChoices([...choices.filter((each) => partId(each) !== partId(choice)), choice]);
  const open = plan.data?.parts.filter(({ side, state, mayTake }) => side === null || (state === 'new' && !mayTake)).length ?? 0;
  const failure = plan.error ?? promoting.error;
  const noLive = failure instanceof ApiProblem && failure.code === 'promotion.noLive';
  return (
    <Modal opened onClose={onClose} size="xl" title={<Text fw={600}>{t('title')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <p className={classes.way}><KindMark kind="sandbox" /> {workspace.name} <IconArrowRight size={16} stroke={1.6} aria-label={t('to')} role="img" /> <KindMark kind="live" /> {plan.data?.live.name ?? ''}</p>
      {failure && <Alert color={noLive ? 'warning' : 'danger'} role="alert" mb="sm">{sentence(failure)}{noLive && <> <a href="/settings/workspace">{t('makeLive')}</a></>}</Alert>}
      {promoting.data && plan.data ? <Done promoted={promoting.data} plan={plan.data} onClose={onClose} /> : (
        <>
          {plan.data ? <Shown plan={plan.data} onChoose={choose} /> : !failure && <LoadingState />}
          {plan.data && <Textarea label={t('reason')} mt="md" maxLength={500} autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
          <Group justify="flex-end" mt="md">
            <Text size="sm" c="dimmed" style={{ flex: '1 1 200px' }}>{t('never')}</Text>
            <Button variant="default" onClick={onClose}>{ui('cancel')}</Button>
            {plan.data && <Button loading={promoting.isPending} disabled={open > 0 || plan.isFetching} onClick={() => plan.data && promoting.mutate(plan.data.revision)}>{t('action')}</Button>}
          </Group>
        </>
      )}
    </Modal>
  );
}
