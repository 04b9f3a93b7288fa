'use client';
/** What the workspace is called and the language it speaks when a customer has none; what cannot change stands beside it. */
import { Button, Group, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState, type SubmitEvent } from 'react';
import { api } from '#components/api-client.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import type { Workspace } from '#components/settings/settings-types.ts';
import { WorkspacePair } from '#components/settings/workspace-pair.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { LANGUAGES } from '#components/words/languages.ts';

const MICROS = 1_000_000;

function Form({ workspace }: { workspace: Workspace }) {
  const t = useTranslations('settings.workspace');
  const ui = useTranslations('ui');
  const kinds = useTranslations('frame');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const router = useRouter();
  const mayWrite = useCan('settings:write');
  const [name, setName] = useState(workspace.name);
  const [brand, setBrand] = useState(workspace.brand);
  const [language, setLanguage] = useState(workspace.language);
  const [price, setPrice] = useState<number | null>(workspace.smsPartMicros);
  const [attribution, setAttribution] = useState(workspace.attribution);
  const saving = useMutation({
    mutationFn: () => api.put<Workspace>('/workspace', { name: name.trim(), brand: brand.trim(), language, attribution, smsPartMicros: price }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: ui('saved') });
      await queries.invalidateQueries({ queryKey: ['workspace'] });
      router.refresh();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    saving.mutate();
  };
  const changed = name.trim() !== workspace.name || brand.trim() !== workspace.brand || language !== workspace.language || price !== workspace.smsPartMicros || attribution.emailDays !== workspace.attribution.emailDays || attribution.smsDays !== workspace.attribution.smsDays;
  const languages = [...new Set([...Object.keys(LANGUAGES), workspace.language])].map((value) => ({ value, label: Object.entries(LANGUAGES).find(([code]) => code === value)?.[1] ?? value }));
  const fixed: [string, string][] = [[t('kind'), kinds(workspace.kind)], [t('slug'), workspace.slug], [t('currency'), workspace.currency], [t('timeZone'), workspace.timeZone], [t('country'), workspace.country]];
  return (
    <form onSubmit={submit} style={{ maxWidth: 480 }}>
      <TextInput label={t('name')} description={t('nameHelp')} required maxLength={120} disabled={!mayWrite} value={name} onChange={(event) => setName(event.currentTarget.value)} mb="md" />
      <TextInput label={t('brand')} description={t('brandHelp')} required maxLength={120} disabled={!mayWrite} value={brand} onChange={(event) => setBrand(event.currentTarget.value)} mb="md" />
      <Select label={t('language')} description={t('languageHelp')} allowDeselect={false} disabled={!mayWrite} data={languages} value={language} onChange={(value) => value && setLanguage(value)} mb="md" error={saving.isError ? sentence(saving.error) : null} />
      <Group gap={16} mb={4} align="end">
        {(['emailDays', 'smsDays'] as const).map((channel) => (
          <NumberInput key={channel} w={200} label={t(channel)} min={0} max={90} allowDecimal={false} disabled={!mayWrite} value={attribution[channel]} onChange={(days) => days !== '' && setAttribution({ ...attribution, [channel]: Number(days) })} />
        ))}
      </Group>
      <Text size="xs" c="dimmed" mb="md">{t('attributionHelp')}</Text>
      <NumberInput w={200} mb="md" label={t('smsPart', { currency: workspace.currency })} description={t('smsPartHelp')} min={0} max={10} decimalScale={4} hideControls disabled={!mayWrite} value={price === null ? '' : price / MICROS} onChange={(value) => setPrice(value === '' ? null : Math.round(Number(value) * MICROS))} />
      {mayWrite && <Button type="submit" loading={saving.isPending} disabled={!changed || name.trim() === '' || brand.trim() === ''}>{t('save')}</Button>}
      <h2 style={{ marginTop: 32, marginBottom: 8 }}>{t('fixed')}</h2>
      <Text size="sm" c="dimmed" mb="xs">{t('fixedHelp')}</Text>
      <dl style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 24px', margin: 0 }}>
        {fixed.flatMap(([label, value]) => [<dt key={`${label}-t`} className="quiet">{label}</dt>, <dd key={`${label}-d`} style={{ margin: 0 }}>{value}</dd>])}
      </dl>
    </form>
  );
}

export function WorkspaceSettings() {
  const t = useTranslations('settings.workspace');
  const workspace = useQuery({ queryKey: ['workspace'], queryFn: ({ signal }) => api.get<Workspace>('/workspace', {}, signal) });
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')} />
      {workspace.isPending ? <LoadingState /> : workspace.isError ? <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} /> : <><Form key={workspace.dataUpdatedAt} workspace={workspace.data} /><WorkspacePair /></>}
    </>
  );
}
