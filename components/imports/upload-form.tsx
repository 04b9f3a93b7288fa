'use client';
/** What the file holds, and the file: it is read and looked through, and nothing is brought in yet. */
import { Button, FileInput, Progress, Radio, Stack } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ApiProblem } from '#components/api-client.ts';
import { useProblemSentence, useReasonSentence } from '#components/reason-sentence.ts';
import { useFormats } from '#components/use-formats.ts';
import { IMPORT_KINDS, isImportKind, type ImportKind } from '#domain/imports/import-kinds.ts';
import { importApi } from './import-api.ts';
import classes from './imports.module.css';

const PERCENT = 100;

/** What is wrong with the file itself, with its line, or with the way to the server. */
function useFileProblem(): (failure: unknown) => string {
  const sentence = useProblemSentence();
  const reason = useReasonSentence();
  return (failure) => {
    const own = failure instanceof ApiProblem && failure.code === 'import.unreadable' ? failure.errors[0] : undefined;
    return own ? reason({ code: own.code, figures: { line: String(own.path[1] ?? '') } }) : sentence(failure);
  };
}

export function UploadForm() {
  const t = useTranslations('imports');
  const formats = useFormats();
  const problem = useFileProblem();
  const router = useRouter();
  const [kind, setKind] = useState<ImportKind>('customers');
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    if (!file) return;
    setFailure(null);
    setShare(0);
    try {
      const { id } = await importApi.upload(kind, file, setShare);
      router.push(`/customers/imports/${id}`);
    } catch (error) {
      setFailure(error);
      setShare(null);
    }
  };
  const percent = Math.round((share ?? 0) * PERCENT);
  return (
    <form className={classes.panel} aria-label={t('new')} onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <h2>{t('new')}</h2>
      <Radio.Group label={t('what')} value={kind} onChange={(value) => { if (isImportKind(value)) setKind(value); }}>
        <Stack gap={8} mt={6}>{IMPORT_KINDS.map((each) => <Radio key={each} value={each} label={t(`kinds.${each}`)} description={t(`kindHelp.${each}`)} />)}</Stack>
      </Radio.Group>
      <FileInput label={t('file')} description={t('fileHelp')} placeholder={t('chooseFile')} accept=".csv,.txt,.tsv,text/csv,text/plain" value={file} onChange={(chosen) => { setFile(chosen); setFailure(null); }} leftSection={<IconFileText size={16} aria-hidden />} clearable clearButtonProps={{ 'aria-label': t('chooseFile') }} error={failure === null ? null : problem(failure)} />
      {share !== null && (
        <div>
          <p role="status" className="quiet">{share < 1 ? t('uploading', { percent: formats.number(percent) }) : t('looking')}</p>
          <Progress.Root size="md"><Progress.Section value={percent} animated={share >= 1} striped={share >= 1} aria-label={t('looking')} /></Progress.Root>
        </div>
      )}
      <Button type="submit" disabled={!file} loading={share !== null}>{t('upload')}</Button>
    </form>
  );
}
