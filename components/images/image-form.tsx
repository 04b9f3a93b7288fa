'use client';
/** One picture: what it is called, what is said of it in each language, where it is used, and the way out of the library. */
import { Anchor, Button, CopyButton, Group, Modal, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { TextVariantsInput } from '#components/content/text-variants-input.tsx';
import { useProblemSentence } from '#components/reason-sentence.ts';
import { useCan } from '#components/session.tsx';
import { ConfirmWithNumbers } from '#components/ui/confirm-with-numbers.tsx';
import { useFormats } from '#components/use-formats.ts';
import { imageApi, type LibraryImage } from './image-types.ts';
import classes from './images.module.css';

const IN = { template: 'inTemplate', product: 'inProduct', brandKit: 'inBrandKit' } as const;

function Uses({ uses }: Pick<LibraryImage, 'uses'>) {
  const t = useTranslations('images');
  return (
    <div>
      <h3 style={{ margin: '0 0 4px' }}>{t('uses')}</h3>
      {uses.length === 0 ? <p className="quiet" style={{ margin: 0 }}>{t('unused')}</p> : (
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {uses.map(({ kind, key, name }) => <li key={`${kind} ${key}`}><span className="quiet">{t(IN[kind])}</span> {kind === 'template' ? <Anchor component={Link} href={`/content/templates/${key}`}>{name}</Anchor> : name}</li>)}
        </ul>
      )}
    </div>
  );
}

export function ImageForm({ image, onClose }: { image: LibraryImage; onClose: () => void }) {
  const t = useTranslations('images');
  const sentence = useProblemSentence();
  const formats = useFormats();
  const queries = useQueryClient();
  const mayWrite = useCan('content:write');
  const [name, setName] = useState(image.name);
  const [alt, setAlt] = useState(image.alt);
  const [asks, setAsks] = useState(false);
  const done = async (message: string): Promise<void> => {
    notifications.show({ color: 'live', message });
    await queries.invalidateQueries({ queryKey: ['images'] });
    onClose();
  };
  const save = useMutation({ mutationFn: () => imageApi.describe(image.id, { name: name.trim(), alt }), onSuccess: (saved) => done(t('saved', { name: saved.name })) });
  const remove = useMutation({ mutationFn: () => imageApi.remove(image.id), onSuccess: () => done(t('removed', { name: image.name })) });
  const failure = save.error ?? remove.error;
  return (
    <>
      <Modal opened={!asks} onClose={onClose} size="lg" title={image.name} closeButtonProps={{ 'aria-label': t('close') }}>
        <form style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: 12 }} onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <div className={`${classes.shown} ${classes.large}`}><img src={image.path} alt="" /></div>
          <Group justify="space-between" gap="xs">
            <span className={classes.facts}>{t('formatsOf', { format: image.format.toUpperCase(), width: formats.number(image.width), height: formats.number(image.height) })}{image.animated && ` · ${t('animated')}`}</span>
            <CopyButton value={image.files[0]?.url ?? image.path}>{({ copied, copy }) => <Button variant="subtle" size="compact-sm" onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
          </Group>
          <TextInput label={t('name')} maxLength={200} readOnly={!mayWrite} value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <TextVariantsInput label={t('alt')} maxLength={200} value={alt} readOnly={!mayWrite} onChange={setAlt} />
          <Uses uses={image.uses} />
          {failure && <p role="alert" style={{ color: 'var(--danger)', margin: 0 }}>{sentence(failure)}</p>}
          <Group justify="space-between">
            {mayWrite ? <Button variant="subtle" color="danger" disabled={image.uses.length > 0} onClick={() => setAsks(true)}>{t('remove')}</Button> : <span />}
            <Group gap="xs"><Button variant="default" onClick={onClose}>{t(mayWrite ? 'cancel' : 'close')}</Button>{mayWrite && <Button type="submit" loading={save.isPending} disabled={name.trim() === '' || Object.keys(alt).length === 0}>{t('save')}</Button>}</Group>
          </Group>
        </form>
      </Modal>
      <ConfirmWithNumbers busy={remove.isPending} onClose={() => setAsks(false)} onConfirm={() => remove.mutate(undefined, { onError: () => setAsks(false) })}
        confirmation={asks ? { title: t('removeTitle', { name: image.name }), consequences: [t('removeHelp'), t('removeKept')], action: t('remove'), danger: true } : null} />
    </>
  );
}
