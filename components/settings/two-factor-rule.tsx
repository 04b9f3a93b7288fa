'use client';
/** Whether the workspace asks two-factor sign-in of every member. Who has none is led to set it up before going on. */
import { Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useSession } from '#components/session.tsx';
import type { Members, Workspace } from '#components/settings/settings-types.ts';

export function TwoFactorRule() {
  const t = useTranslations('settings.members.rule');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const router = useRouter();
  const { scopes, user } = useSession();
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: ({ signal }) => api.get<Workspace>('/workspace', {}, signal) });
  const members = useQuery({ queryKey: ['members', 'rule'], queryFn: ({ signal }) => api.get<Members>('/members', {}, signal) });
  const saving = useMutation({
    mutationFn: ({ name, brand, language, requiresTwoFactor }: Workspace) => api.put<Workspace>('/workspace', { name, brand, language, requiresTwoFactor: !requiresTwoFactor }),
    onSuccess: (saved) => {
      queries.setQueryData(['workspace'], saved);
      notifications.show({ color: 'live', message: t(saved.requiresTwoFactor ? 'on' : 'off') });
      router.refresh();
    },
    onError: (error) => notifications.show({ color: 'danger', message: sentence(error) }),
  });
  if (!workspace.data || !members.data) return null;
  const without = members.data.items.filter(({ twoFactor }) => !twoFactor);
  const warnsMe = !workspace.data.requiresTwoFactor && without.some(({ userId }) => userId === user.id);
  return (
    <section style={{ marginTop: 32 }}>
      <h2>{t('title')}</h2>
      <Switch
        label={t('label')} description={`${t('about', { without: without.length })}${warnsMe ? ` ${t('yours')}` : ''}`} checked={workspace.data.requiresTwoFactor} disabled={!scopes.includes('settings:write') || saving.isPending}
        onChange={() => workspace.data && saving.mutate(workspace.data)} maw={640}
      />
    </section>
  );
}
