'use client';
/** Through which vendor a channel speaks, and in whose name. Keys that are there already need not be given again to change the name; a sandbox has a name alone. */
import { Anchor, Button, Group, Modal, PasswordInput, Select, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import { KEY_FORMS, SENDER_FORMS, VENDOR_KEYS, VENDORS_OF, type Account, type SenderChannel, type Vendor } from '#components/settings/sender-vendors.ts';

/** Where a vendor shows its keys. */
const KEYS_AT: Partial<Record<Vendor, string>> = { resend: 'https://resend.com/api-keys', twilio: 'https://console.twilio.com' };
type Filled = { vendor: Vendor; keys: Record<string, string>; from: string; replyTo: string };

function useSave(channel: SenderChannel, onDone: () => void) {
  const t = useTranslations('settings.senders');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ vendor, keys, from, replyTo }: Filled) => {
      const sender = { from: from.trim(), ...(replyTo.trim() && { replyTo: replyTo.trim() }) };
      if (vendor === 'environment') return api.put(`/provider-accounts/${channel}`, { kind: vendor });
      return Object.values(keys).every((key) => key === '') ? api.put(`/provider-accounts/${channel}/sender`, sender) : api.put(`/provider-accounts/${channel}`, { kind: vendor, ...keys, ...sender });
    },
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['senders'] });
      onDone();
    },
  });
}

export function SenderForm({ channel, account, onClose }: { channel: SenderChannel; account: Account | null; onClose: () => void }) {
  const t = useTranslations('settings.senders');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const known = VENDORS_OF[channel].find((each) => each === (account?.keys === 'environment' ? 'environment' : account?.kind)) ?? null;
  // Where nobody speaks yet, the installation has no account of its own to choose.
  const [vendor, setVendor] = useState<Vendor>((account?.state === 'ready' ? known : null) ?? VENDORS_OF[channel][0] ?? 'environment');
  const [keys, setKeys] = useState<Record<string, string>>({});
  const [from, setFrom] = useState(known === 'environment' ? '' : (account?.sender ?? ''));
  const [replyTo, setReplyTo] = useState(known === 'environment' ? '' : (account?.replyTo ?? ''));
  const save = useSave(channel, onClose);
  const isSandbox = useSession().workspace.kind === 'sandbox';
  const fields = isSandbox ? [] : VENDOR_KEYS[vendor];
  const keeps = vendor === known && account?.state === 'ready' && fields.every((field) => !keys[field]);
  const isWrong = (field: string): boolean => Boolean(keys[field]) && !KEY_FORMS[field]?.test(keys[field] ?? '');
  const fits = vendor === 'environment' || (SENDER_FORMS[channel].test(from.trim()) && (!replyTo.trim() || SENDER_FORMS.email.test(replyTo.trim())) && (keeps || fields.every((field) => KEY_FORMS[field]?.test(keys[field] ?? ''))));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (fits) save.mutate({ vendor, keys: Object.fromEntries(fields.map((field) => [field, keys[field] ?? ''])), from, replyTo });
  };
  return (
    <Modal opened onClose={onClose} title={t('change', { channel: t(`channels.${channel}`) })} closeButtonProps={{ 'aria-label': ui('close') }}>
      <form style={{ display: 'grid', gap: 12 }} autoComplete="off" onSubmit={submit}>
        {!isSandbox && <Select label={t('vendor')} description={t(`vendorHelp.${vendor}`)} allowDeselect={false} data={VENDORS_OF[channel].map((value) => ({ value, label: t(`vendors.${value}`) }))} value={vendor} onChange={(value) => { setVendor(VENDORS_OF[channel].find((each) => each === value) ?? vendor); setKeys({}); }} />}
        {fields.map((field) => (
          <PasswordInput key={field} label={t(`keys.${field}`)} description={t(`keyHelp.${field}`)} placeholder={keeps ? t('kept') : undefined} autoComplete="new-password" visibilityToggleButtonProps={{ 'aria-label': t('show') }}
            value={keys[field] ?? ''} error={isWrong(field) ? t(`keyHelp.${field}`) : null} onChange={(event) => setKeys({ ...keys, [field]: event.currentTarget.value.trim() })} />
        ))}
        {!isSandbox && KEYS_AT[vendor] && <Anchor size="sm" href={KEYS_AT[vendor]} target="_blank" rel="noreferrer">{t('keysAt', { vendor: t(`vendors.${vendor}`) })}</Anchor>}
        {vendor !== 'environment' && <TextInput label={t(`from.${channel}`)} description={t(`fromHelp.${channel}`)} required value={from} error={from.trim() && !SENDER_FORMS[channel].test(from.trim()) ? t(`fromHelp.${channel}`) : null} onChange={(event) => setFrom(event.currentTarget.value)} />}
        {vendor !== 'environment' && channel === 'email' && <TextInput label={t('replyTo')} description={t('replyToHelp')} value={replyTo} error={replyTo.trim() && !SENDER_FORMS.email.test(replyTo.trim()) ? t('fromHelp.email') : null} onChange={(event) => setReplyTo(event.currentTarget.value)} />}
        {save.error && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(save.error)}</p>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{ui('cancel')}</Button><Button type="submit" loading={save.isPending} disabled={!fits}>{t('save')}</Button></Group>
      </form>
    </Modal>
  );
}
