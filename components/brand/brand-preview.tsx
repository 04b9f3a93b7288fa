'use client';
/** A new e-mail as it would begin with this kit, by the renderer that sends. */
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { api } from '#components/api-client.ts';
import classes from '#components/content/content.module.css';
import { MailFrame } from '#components/content/mail-frame.tsx';
import { useSession } from '#components/session.tsx';
import { newContent, type Preview } from '#components/templates/template-types.ts';
import { LoadingState } from '#components/ui/states.tsx';
import { styleOf } from './brand-types.ts';

export function BrandPreview({ kit }: { kit: BrandKit }) {
  const t = useTranslations('brand');
  const { workspace } = useSession();
  const [settled] = useDebouncedValue(kit, 400);
  const preview = useQuery({
    queryKey: ['brandKit', 'preview', settled], placeholderData: keepPreviousData, retry: false, staleTime: 60_000,
    queryFn: () => api.post<Preview>('/templates/brand-kit/preview', { content: newContent('email', workspace.language, styleOf(settled, workspace.language, workspace.language)), language: workspace.language }),
  });
  return (
    <section aria-label={t('preview')} className={classes.aside}>
      <h2 style={{ margin: 0 }}>{t('preview')}</h2>
      {preview.data ? <MailFrame html={preview.data.parts['html'] ?? ''} title={t('preview')} /> : preview.isError ? <p role="alert" className="quiet">{t('previewWrong')}</p> : <LoadingState />}
    </section>
  );
}
