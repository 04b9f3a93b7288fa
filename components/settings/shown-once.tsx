'use client';
/** A secret that is shown once, to copy now. */
import { Alert, Button, Code, CopyButton, Group } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';

export function ShownOnce({ title, help, secret }: { title: string; help: string; secret: string }) {
  const t = useTranslations('ui');
  return (
    <Alert color="live" title={title}>
      {help}
      <Group mt="sm" gap="xs" wrap="nowrap" align="flex-start">
        <Code block style={{ flex: 1, overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }} data-testid="secret">{secret}</Code>
        <CopyButton value={secret}>{({ copied, copy }) => <Button variant="default" size="xs" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>}</CopyButton>
      </Group>
    </Alert>
  );
}
