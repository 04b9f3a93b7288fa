'use client';
/** The account: who is signed in, language, light or dark, the page of the account, and the way out. */
import { ActionIcon, Avatar, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useSession } from '#components/session.tsx';
import { forgetTillPage } from '#components/till/kept-page.ts';
import { isLanguage, LANGUAGE_COOKIE, LANGUAGES } from '#components/words/languages.ts';

const SCHEMES: MantineColorScheme[] = ['auto', 'light', 'dark'];

export const initialsOf = (name: string): string => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0]?.toUpperCase() ?? '').join('');

async function leave(): Promise<void> {
  await forgetTillPage().catch(() => {});
  await fetch('/api/auth/sign-out', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  window.location.assign('/sign-in');
}

export function AccountMenu() {
  const t = useTranslations('frame');
  const { user, role } = useSession();
  const language = useLocale();
  const router = useRouter();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const speak = (next: string): void => {
    document.cookie = `${LANGUAGE_COOKIE}=${next}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  };
  const mark = (on: boolean) => (on ? <IconCheck size={14} aria-hidden /> : null);
  return (
    <Menu width={230}>
      <Menu.Target>
        <ActionIcon size="lg" radius="xl" aria-label={t('account')}><Avatar size={28} color="ink" radius="xl">{initialsOf(user.name)}</Avatar></ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.name} · {t(`roles.${role}`)}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('language')}</Menu.Label>
        {Object.entries(LANGUAGES).filter(([code]) => isLanguage(code)).map(([code, name]) => (
          <Menu.Item key={code} lang={code} onClick={() => speak(code)} rightSection={mark(code === language)}>{name}</Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t('look')}</Menu.Label>
        {SCHEMES.map((scheme) => <Menu.Item key={scheme} onClick={() => setColorScheme(scheme)} rightSection={mark(scheme === colorScheme)}>{t(`looks.${scheme}`)}</Menu.Item>)}
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" leftSection={<IconUserCircle size={16} stroke={1.6} aria-hidden />}>{t('yourAccount')}</Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} aria-hidden />} onClick={() => void leave()}>{t('signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
