'use client';
/** The brand kit: logo, colours, typeface, who sends and where else the brand is, beside an e-mail that begins with it. */
import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import type { BrandKit } from '#domain/brand/brand-kit.ts';
import { checkBrandKit } from '#domain/brand/brand-facts.ts';
import { contrastOf } from '#domain/brand/contrast.ts';
import { MAIL_FONTS } from '#domain/brand/mail-fonts.ts';
import classes from '#components/content/content.module.css';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';
import { altOf } from '#components/images/image-types.ts';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan, useSession } from '#components/session.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { ErrorState, LoadingState } from '#components/ui/states.tsx';
import { useFormats } from '#components/use-formats.ts';
import { BrandPreview } from './brand-preview.tsx';
import { brandApi, useBrandKit } from './brand-types.ts';
import { isSocialUrl, SocialFields } from './social-fields.tsx';

const ImagePicker = dynamic(() => import('#components/images/image-picker.tsx').then((loaded) => loaded.ImagePicker), { ssr: false });

type Part = { kit: BrandKit; readOnly: boolean; onChange: (part: Partial<BrandKit>) => void };

function Logo({ kit: { logo }, readOnly, onChange }: Part) {
  const t = useTranslations('brand');
  const { workspace } = useSession();
  const [picks, setPicks] = useState(false);
  return (
    <section className={classes.card} aria-label={t('logo')}>
      <h2>{t('logo')}</h2>
      <p className="quiet" style={{ margin: 0 }}>{t('logoHelp')}</p>
      {logo && <img src={logo.path} alt={logo.alt} style={{ maxWidth: 220, maxHeight: 90, objectFit: 'contain', background: '#ffffff', border: '1px solid var(--line)', borderRadius: 4, padding: 8 }} />}
      {logo && <TextInput label={t('alt')} readOnly={readOnly} maxLength={200} value={logo.alt} onChange={(event) => onChange({ logo: { ...logo, alt: event.currentTarget.value } })} />}
      {!readOnly && <Group gap="xs"><Button variant="default" size="xs" onClick={() => setPicks(true)}>{t('choose')}</Button>{logo && <Button variant="subtle" size="xs" onClick={() => onChange({ logo: null })}>{t('noLogo')}</Button>}</Group>}
      {picks && <ImagePicker onClose={() => setPicks(false)} onTake={(image) => { setPicks(false); onChange({ logo: { path: image.path, alt: altOf(image, workspace.language, workspace.language) || workspace.brand } }); }} />}
    </section>
  );
}

function Look({ kit: { colours, font }, readOnly, onChange }: Part) {
  const t = useTranslations('brand');
  const fonts = useTranslations('blocks.look');
  const formats = useFormats();
  const colour = (name: 'accent' | 'background') => (
    <label style={{ display: 'grid', gap: 4, fontWeight: 500 }}>{t(name)}
      <input type="color" disabled={readOnly} value={colours[name]} onChange={({ currentTarget }) => onChange({ colours: { ...colours, [name]: currentTarget.value } })} style={{ width: 72, height: 36, padding: 2, border: '1px solid var(--line-strong)', borderRadius: 4, background: 'var(--surface)' }} />
    </label>
  );
  return (
    <section className={classes.card} aria-label={t('colours')}>
      <h2>{t('colours')}</h2>
      <Group gap="xl" align="flex-start">{colour('accent')}{colour('background')}</Group>
      <p className="quiet" style={{ margin: 0 }}>{t('accent')} · {t('contrast', { ratio: formats.number(Math.floor(contrastOf(colours.accent, '#ffffff') * 10) / 10) })}</p>
      <NativeSelect label={t('font')} description={t('fontHelp')} disabled={readOnly} value={font} data={MAIL_FONTS.map((one) => ({ value: one, label: fonts(one) }))} onChange={({ currentTarget }) => { const one = MAIL_FONTS.find((each) => each === currentTarget.value); if (one) onChange({ font: one }); }} maw={280} />
    </section>
  );
}

function Kit({ initial }: { initial: BrandKit }) {
  const t = useTranslations('brand');
  const sentence = useProblemSentence();
  const queries = useQueryClient();
  const formats = useFormats();
  const readOnly = !useCan('content:write');
  const [kit, setKit] = useState(initial);
  const change = (part: Partial<BrandKit>): void => setKit({ ...kit, ...part });
  const ready = (kit.logo === null || kit.logo.alt.trim() !== '') && kit.social.every(({ url }) => isSocialUrl(url));
  const save = useMutation({
    mutationFn: () => brandApi.put({ ...kit, address: kit.address.trim() }),
    onSuccess: async () => {
      notifications.show({ color: 'live', message: t('saved') });
      await queries.invalidateQueries({ queryKey: ['brandKit'], exact: true });
    },
  });
  const part = { kit, readOnly, onChange: change };
  return (
    <>
      <PageHeader title={t('title')} lede={t('lede')}>{!readOnly && <Button loading={save.isPending} disabled={!ready} onClick={() => save.mutate()}>{t('save')}</Button>}</PageHeader>
      {save.error && <p role="alert" style={{ color: 'var(--danger)' }}>{sentence(save.error)}</p>}
      <div className={classes.split}>
        <div style={{ display: 'grid', gap: 16 }}>
          <div role="status">{checkBrandKit(kit).length > 0 && <ul style={{ margin: 0, paddingLeft: 18, color: 'var(--warning)' }}>{checkBrandKit(kit).map(({ what, figures }) => <li key={what}>{t(`findings.${what}`, { contrast: formats.number(figures.contrast ?? 0) })}</li>)}</ul>}</div>
          <Logo {...part} />
          <Look {...part} />
          <section className={classes.card} aria-label={t('legal')}>
            <h2>{t('legal')}</h2>
            <p className="quiet" style={{ margin: 0 }}>{t('legalHelp')}</p>
            <TextVariantsInput label={t('legal')} maxLength={300} readOnly={readOnly} value={kit.legal} onChange={(legal) => change({ legal })} />
            <TextInput label={t('address')} readOnly={readOnly} maxLength={180} value={kit.address} onChange={(event) => change({ address: event.currentTarget.value })} />
          </section>
          <section className={classes.card} aria-label={t('social')}>
            <h2>{t('social')}</h2>
            <p className="quiet" style={{ margin: 0 }}>{t('socialHelp')}</p>
            <SocialFields links={kit.social} readOnly={readOnly} onChange={(social) => change({ social })} />
          </section>
        </div>
        <BrandPreview kit={kit} />
      </div>
    </>
  );
}

export function BrandPage() {
  const query = useBrandKit();
  if (query.isPending) return <LoadingState lines={12} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return <Kit initial={query.data.kit} />;
}
