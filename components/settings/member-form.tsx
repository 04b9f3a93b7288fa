'use client';
/** Gives somebody a role, or another one. A new account's first password is shown once, to hand over. */
import { Button, Group, Modal, MultiSelect, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { ROLES, type Member, type Role, type Store } from '#components/settings/settings-types.ts';
import { ShownOnce } from '#components/settings/shown-once.tsx';

export function MemberForm({ member, stores, onClose }: { member: Member | null; stores: Store[]; onClose: () => void }) {
  const t = useTranslations('settings.members');
  const roles = useTranslations('frame.roles');
  const ui = useTranslations('ui');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const [name, setName] = useState(member?.name ?? '');
  const [email, setEmail] = useState(member?.email ?? '');
  const [role, setRole] = useState<Role>(ROLES.find((one) => one === member?.role) ?? 'marketer');
  const [storeIds, setStoreIds] = useState(member?.storeIds ?? []);
  const saving = useMutation({
    mutationFn: async (): Promise<string | null> => {
      const given = { role, storeIds: role === 'merchant' ? storeIds : [] };
      if (member) await api.put(`/members/${member.userId}`, given);
      return member ? null : (await api.post<{ password: string | null }>('/members', { name: name.trim(), email: email.trim(), ...given })).password;
    },
    onSuccess: async (password) => {
      await queries.invalidateQueries({ queryKey: ['members'] });
      if (password === null) onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const complete = (member !== null || (name.trim() !== '' && email.trim() !== '')) && (role !== 'merchant' || storeIds.length > 0);
  return (
    <Modal opened onClose={onClose} title={<Text fw={600}>{member ? t('changeTitle', { name: member.name }) : t('add')}</Text>} closeButtonProps={{ 'aria-label': ui('close') }} closeOnClickOutside={!saving.data}>
      {saving.data ? (
        <>
          <ShownOnce title={t('password')} help={t('passwordHelp', { email: email.trim() })} secret={saving.data} />
          <Group justify="flex-end" mt="md"><Button onClick={onClose}>{t('handedOver')}</Button></Group>
        </>
      ) : (
        <form onSubmit={submit}>
          {!member && <TextInput label={t('name')} required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} mb="sm" data-autofocus autoComplete="off" />}
          {!member && <TextInput label={t('email')} type="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.currentTarget.value)} mb="sm" autoComplete="off" />}
          <Select label={t('role')} description={t(`about.${role}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} allowDeselect={false} value={role} onChange={(value) => setRole(ROLES.find((one) => one === value) ?? role)} data={ROLES.map((value) => ({ value, label: roles(value) }))} mb="sm" error={saving.isError ? sentence(saving.error) : null} />
          {role === 'merchant' && <MultiSelect label={t('stores')} required searchable value={storeIds} onChange={setStoreIds} data={stores.map(({ id, name: label }) => ({ value: id, label }))} mb="sm" />}
          <Group justify="flex-end" mt="md">
            <Button variant="default" onClick={onClose}>{ui('cancel')}</Button>
            <Button type="submit" loading={saving.isPending} disabled={!complete}>{t(member ? 'changeAction' : 'addAction')}</Button>
          </Group>
        </form>
      )}
    </Modal>
  );
}
