'use client';
/** Makes a connector: which shop, its name, and the secret with which it signs. The mapping comes with the kind. */
import { Button, Group, Modal, PasswordInput, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import type { Connector } from '#components/webhooks/connector-types.ts';
import { CONNECTOR_KINDS, type ConnectorKind } from '#domain/connectors/connector-kinds.ts';

const SHORTEST_SECRET = 8;

/** Whoever has none of these shops finds theirs last. */
const SHOPS_FIRST = [...CONNECTOR_KINDS.filter((each) => each !== 'custom'), 'custom' as const];

export function ConnectorForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations('webhooks.connectors');
  const ui = useTranslations('ui');
  const router = useRouter();
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const narrow = useMediaQuery('(max-width: 36em)', false, { getInitialValueInEffect: false });
  const [kind, setKind] = useState<ConnectorKind>('woocommerce');
  const [name, setName] = useState('');
  const [secret, setSecret] = useState('');
  const make = useMutation({
    mutationFn: () => api.post<Connector>('/connectors', { name: name.trim(), kind, ...(secret !== '' && { secret }) }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['connectors'] });
      router.push(`/settings/connectors/${id}`);
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make.mutate();
  };
  const asksSecret = kind !== 'custom';
  const fits = secret.length >= SHORTEST_SECRET || (!asksSecret && secret === '');
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>{t('new')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form style={{ display: 'grid', gap: 12 }} autoComplete="off" onSubmit={submit}>
        <SegmentedControl fullWidth orientation={narrow ? 'vertical' : 'horizontal'} aria-label={t('kind')} value={kind} onChange={(value) => setKind(CONNECTOR_KINDS.find((each) => each === value) ?? 'custom')} data={SHOPS_FIRST.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
        <TextInput label={t('name')} description={t('nameHelp')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        {asksSecret && <PasswordInput label={t('secret')} description={t(`secretHelp.${kind}`)} required autoComplete="new-password" maxLength={500} value={secret} error={secret !== '' && !fits && t('secretShort')} onChange={(event) => setSecret(event.currentTarget.value)} />}
        {make.error && <Text role="alert" size="sm" c="danger">{sentence(make.error)}</Text>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={make.isPending} disabled={name.trim() === '' || !fits}>{t('create')}</Button></Group>
      </form>
    </Modal>
  );
}
