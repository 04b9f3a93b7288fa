'use client';
/** One template by its key, or a new one of a channel. */
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { isChannel } from '#domain/customers/channels.ts';
import { api } from '#components/api-client.ts';
import { useStyle } from '#components/brand/brand-types.ts';
import { useSession } from '#components/session.tsx';
import { TemplateEditor } from '#components/templates/template-editor.tsx';
import { newContent, type TemplateDetail } from '#components/templates/template-types.ts';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';

export function TemplatePage({ templateKey }: { templateKey: string }) {
  const t = useTranslations('templates');
  const query = useQuery({ queryKey: ['templates', templateKey], queryFn: ({ signal }) => api.get<TemplateDetail>(`/templates/${templateKey}`, {}, signal), refetchOnWindowFocus: false });
  if (query.isPending) return <LoadingState lines={12} />;
  if (query.isError) return <><PageHeader title={t('title')} back={{ href: '/content/templates', label: t('title') }} /><ErrorState error={query.error} onRetry={() => void query.refetch()} /></>;
  return <TemplateEditor key={query.data.number} initial={query.data} />;
}

export function NewTemplatePage() {
  const asked = useSearchParams().get('channel') ?? '';
  const channel = isChannel(asked) ? asked : 'email';
  const { workspace } = useSession();
  const { isPending, style } = useStyle();
  if (isPending && channel === 'email') return <LoadingState lines={12} />;
  return <TemplateEditor key={channel} initial={{ key: '', name: '', content: newContent(channel, workspace.language, style(workspace.language)), number: null }} />;
}
