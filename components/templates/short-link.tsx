'use client';
/** Writes an address as a short link of our own, whose clicks are counted. */
import { Button, Group, Popover, TextInput } from '@mantine/core';
import { IconLink } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** What stands between quotes in Liquid. */
const isAddress = (text: string): boolean => /^https?:\/\/[^\s"'{}<>]+\.[^\s"'{}<>]+$/.test(text);

export function ShortLink({ onChoose }: { onChoose: (liquid: string) => void }) {
  const t = useTranslations('templates.sms.link');
  const [opened, setOpened] = useState(false);
  const [address, setAddress] = useState('https://');
  const fits = isAddress(address);
  const write = (): void => {
    if (!fits) return;
    onChoose(`{{ "${address}" | short_link }}`);
    setOpened(false);
    setAddress('https://');
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus position="bottom-start">
      <Popover.Target><Button variant="default" size="xs" leftSection={<IconLink size={14} aria-hidden />} onClick={() => setOpened(!opened)}>{t('insert')}</Button></Popover.Target>
      <Popover.Dropdown>
        <form onSubmit={(event) => { event.preventDefault(); event.stopPropagation(); write(); }}>
          <TextInput label={t('address')} description={t('help')} value={address} error={address.length > 9 && !fits ? t('wrong') : null} onChange={({ currentTarget }) => setAddress(currentTarget.value)} w={280} />
          <Group justify="flex-end" mt="xs"><Button type="submit" size="xs" disabled={!fits}>{t('insert')}</Button></Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
