'use client';
/** Sends a proof: to a list of named people, as chosen readers would get it, marked [BAT] and outside of everything that counts. */
import { Button, Checkbox, Group, Modal, Pill, Select, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { MOST_READERS } from '#domain/messages/proof-list.ts';
import type { TemplateContent } from '#domain/messages/template.ts';
import { api } from '#components/api-client.ts';
import { CustomerPicker } from '#components/content/customer-picker.tsx';
import { ProofListForm } from '#components/proofs/proof-list-form.tsx';
import { ProofLog } from '#components/proofs/proof-log.tsx';
import type { ProofCopy, ProofList } from '#components/proofs/proof-types.ts';
import classes from '#components/proofs/proofs.module.css';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { useCustomerName } from '#components/content/use-customer-name.ts';

/** `content` is what stands in the editor; null for the latest version. `step` is where in a journey it was asked for. */
type Props = { templateKey: string; content: TemplateContent | null; customerId?: string | null; step?: { journeyId: string; nodeId: string }; onClose: () => void };

function Reader({ id, onRemove }: { id: string; onRemove: () => void }) {
  const t = useTranslations('proofs');
  const name = useCustomerName(id);
  return <Pill withRemoveButton onRemove={onRemove} removeButtonProps={{ 'aria-label': t('removeReader', { name }), 'aria-hidden': false, tabIndex: 0 }}>{name}</Pill>;
}

function useProof({ templateKey, content, step }: Props, onSent: () => void) {
  const t = useTranslations('proofs');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (proof: { listId: string; readers: { customerId?: string; language?: string }[] }) => api.post<{ copies: ProofCopy[] }>(`/templates/${templateKey}/proofs`, { ...proof, ...(content && { content }), ...step }),
    onSuccess: async ({ copies }) => {
      const sent = copies.filter(({ outcome }) => outcome === 'sent').length;
      notifications.show({ color: sent === copies.length ? 'live' : 'warning', message: t('sent', { sent, count: copies.length }) });
      await queries.invalidateQueries({ queryKey: ['proofs', templateKey] });
      onSent();
    },
  });
}

export function ProofDialog(props: Props) {
  const { templateKey, content, onClose } = props;
  const t = useTranslations('proofs');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const seesCustomers = useCan('customers:read');
  const lists = useQuery({ queryKey: ['proof-lists'], queryFn: ({ signal }) => api.get<{ items: ProofList[] }>('/proof-lists', {}, signal) });
  const stored = useQuery({ queryKey: ['templates', templateKey], enabled: content === null, queryFn: ({ signal }) => api.get<{ content: TemplateContent }>(`/templates/${templateKey}`, {}, signal) });
  const variants = Object.keys((content ?? stored.data?.content)?.variants ?? {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [edited, setEdited] = useState<ProofList | 'new' | null>(null);
  const [customers, setCustomers] = useState<string[]>(props.customerId ? [props.customerId] : []);
  const [languages, setLanguages] = useState<string[] | null>(null);
  const sending = useProof(props, onClose);
  const items = lists.data?.items ?? [];
  const list = items.find(({ id }) => id === chosen) ?? items[0] ?? null;
  const spoken = languages ?? (customers.length > 0 ? [] : variants.slice(0, MOST_READERS));
  const readers = [...customers.map((customerId) => ({ customerId })), ...spoken.map((language) => ({ language }))].slice(0, MOST_READERS);
  const isFirst = lists.data !== undefined && items.length === 0;
  return (
    <Modal opened onClose={onClose} size="lg" title={<Text fw={600}>{t('title')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }}>
      <Text size="sm" c="dimmed" mb="sm">{t('about')}</Text>
      {edited || isFirst ? <ProofListForm list={edited === 'new' || edited === null ? null : edited} onDone={(saved) => { setEdited(null); setChosen(saved?.id ?? null); if (isFirst && saved === null) onClose(); }} /> : (
        <div style={{ display: 'grid', gap: 12 }}>
          <div className={classes.row}>
            <Select label={t('list')} allowDeselect={false} value={list?.id ?? null} onChange={setChosen} data={items.map(({ id, name, recipients }) => ({ value: id, label: t('listOf', { name, count: recipients.length }) }))} />
            {list && <Button variant="default" onClick={() => setEdited(list)}>{t('changeList')}</Button>}
            <Button variant="default" onClick={() => setEdited('new')}>{t('newList')}</Button>
          </div>
          <Checkbox.Group label={t('languages')} description={t('readersHelp')} value={spoken} onChange={setLanguages}><div className={classes.readers}>{variants.map((language) => <Checkbox key={language} value={language} label={language} mt={6} />)}</div></Checkbox.Group>
          {seesCustomers && <CustomerPicker label={t('customer')} placeholder={t('someone')} nothing={t('nobody')} value={null} onChange={(id) => id !== null && !customers.includes(id) && customers.length < MOST_READERS && setCustomers([...customers, id])} />}
          {customers.length > 0 && <div className={classes.readers}>{customers.map((id) => <Reader key={id} id={id} onRemove={() => setCustomers(customers.filter((each) => each !== id))} />)}</div>}
          {sending.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(sending.error)}</p>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button loading={sending.isPending} disabled={list === null || readers.length === 0} onClick={() => list && sending.mutate({ listId: list.id, readers })}>{t('send', { count: (list?.recipients.length ?? 0) * readers.length })}</Button></Group>
        </div>
      )}
      <ProofLog templateKey={templateKey} />
    </Modal>
  );
}
