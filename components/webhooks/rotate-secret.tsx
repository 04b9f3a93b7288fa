'use client';
/** Gives a destination another secret, shown once; the one before signs beside it for as long as is chosen. */
import { Button, Group, Modal, Select, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ShownOnce } from '#components/settings/shown-once.tsx';
import type { Destination, WithSecret } from '#components/webhooks/destination-types.ts';
import { USUAL_OVERLAP_HOURS } from '#domain/webhooks/overlap.ts';

const OVERLAPS = [0, 1, USUAL_OVERLAP_HOURS, 72, 168];

export function RotateSecret({ destination: { id, name }, onClose }: { destination: Destination; onClose: () => void }) {
  const t = useTranslations('webhooks.destinations');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [hours, setHours] = useState(USUAL_OVERLAP_HOURS);
  const rotate = useMutation({
    mutationFn: () => api.post<WithSecret>(`/destinations/${id}/rotate`, { overlapHours: hours }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['destinations'] }),
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>{t('rotateNamed', { name })}</Text>} closeButtonProps={{ 'aria-label': ui('close') }} closeOnClickOutside={!rotate.isSuccess}>
      {rotate.isSuccess ? (
        <>
          <ShownOnce title={t('rotated')} help={hours === 0 ? t('rotatedNow') : t('rotatedHelp', { hours })} secret={rotate.data.secret} />
          <Group justify="flex-end" mt="md"><Button onClick={onClose}>{t('kept')}</Button></Group>
        </>
      ) : (
        <>
          <Select label={t('overlap')} description={t('overlapHelp')} data={OVERLAPS.map((value) => ({ value: String(value), label: t('overlapFor', { hours: value }) }))} value={String(hours)} allowDeselect={false} onChange={(value) => setHours(Number(value))} mb="md" data-autofocus />
          {rotate.error && <Text role="alert" size="sm" c="danger" mb="sm">{sentence(rotate.error)}</Text>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button loading={rotate.isPending} onClick={() => rotate.mutate()}>{t('rotateAction')}</Button></Group>
        </>
      )}
    </Modal>
  );
}
