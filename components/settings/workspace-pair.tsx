'use client';
/** The other workspace of the brand: which it is, or the way to make it. */
import { Button, Group, Modal, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { changeWorkspace } from '#components/frame/change-workspace.ts';
import { KindMark } from '#components/frame/kind-mark.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';

type Made = { id: string; slug: string; kind: 'live' | 'sandbox' };
const THERE = '/settings/workspace';

function MakeForm({ kind, onClose }: { kind: 'live' | 'sandbox'; onClose: () => void }) {
  const t = useTranslations('promotion.pair');
  const ui = useTranslations('ui');
  const frame = useTranslations('frame');
  const sentence = useProblemSentence();
  const router = useRouter();
  const { workspace, workspaces } = useSession();
  const [name, setName] = useState(`${workspace.brand} · ${frame(kind)}`);
  const [chosen, setChosen] = useState<string | null>(null);
  const owned = kind === 'live' ? workspaces.filter((each) => each.kind === 'live' && each.role === 'owner') : [];
  const making = useMutation({
    mutationFn: () => api.post<Made>('/workspace/counterpart', chosen === null ? { name: name.trim() } : { workspaceId: chosen }),
    onSuccess: () => {
      notifications.show({ color: 'live', message: t('made') });
      router.refresh();
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{t(kind === 'live' ? 'makeLive' : 'makeSandbox')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form style={{ display: 'grid', gap: 12 }} onSubmit={submit}>
        <Text size="sm">{t('comes', { kind })}</Text>
        <TextInput label={t('name')} required={chosen === null} disabled={chosen !== null} maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        {owned.length > 0 && <Select label={t('link')} clearable data={owned.map(({ id, name: label }) => ({ value: id, label }))} value={chosen} onChange={setChosen} clearButtonProps={{ 'aria-label': ui('cancel') }} />}
        {making.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(making.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={making.isPending} disabled={chosen === null && name.trim() === ''}>{chosen !== null ? t('linkAction') : t(kind === 'live' ? 'makeLive' : 'makeSandbox')}</Button></Group>
      </form>
    </Modal>
  );
}

export function WorkspacePair() {
  const t = useTranslations('promotion.pair');
  const mayWrite = useCan('settings:write');
  const { workspace, workspaces } = useSession();
  const [making, setMaking] = useState(false);
  const isSandbox = workspace.kind === 'sandbox';
  const others = workspaces.filter((each) => (isSandbox ? each.id === workspace.liveId : each.liveId === workspace.id));
  const names = others.map(({ name }) => name).join(', ');
  const said = isSandbox ? (workspace.liveId === null ? t('noLive') : others.length > 0 ? t('hasLive', { name: names }) : null) : others.length > 0 ? t('sandboxes', { names }) : t('noSandbox');
  return (
    <section style={{ maxWidth: 720, marginTop: 32 }} aria-labelledby="pair">
      <h2 id="pair" style={{ marginBottom: 4 }}>{t('title')}</h2>
      <Text size="sm" c="dimmed" mb="sm">{t('about')}</Text>
      <Group gap={8} mb="sm"><KindMark kind={workspace.kind} />{said !== null && <Text size="sm">{said}</Text>}</Group>
      <Group gap={8}>
        {others.map(({ id, name }) => <Button key={id} variant="default" onClick={() => void changeWorkspace(id, THERE)}>{t('goThere', { name })}</Button>)}
        {mayWrite && (!isSandbox || workspace.liveId === null) && <Button variant={others.length > 0 ? 'subtle' : 'filled'} onClick={() => setMaking(true)}>{t(isSandbox ? 'makeLive' : 'makeSandbox')}</Button>}
      </Group>
      {making && <MakeForm kind={isSandbox ? 'live' : 'sandbox'} onClose={() => setMaking(false)} />}
    </section>
  );
}
