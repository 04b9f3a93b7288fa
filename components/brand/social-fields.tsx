'use client';
/** Where else the brand is found: each network once, with its address. */
import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { SocialLink } from '#domain/brand/brand-kit.ts';
import { NETWORK_NAMES, SOCIAL_NETWORKS } from '#domain/brand/brand-facts.ts';

export const isSocialUrl = (text: string): boolean => /^https?:\/\/[^\s"<>{}]+$/.test(text) && text.length <= 500;

export function SocialFields({ links, readOnly, onChange }: { links: SocialLink[]; readOnly: boolean; onChange: (links: SocialLink[]) => void }) {
  const t = useTranslations('brand');
  const left = SOCIAL_NETWORKS.filter((network) => !links.some((link) => link.network === network));
  const nameOf = (network: SocialLink['network']): string => (network === 'website' ? t('website') : NETWORK_NAMES[network]);
  return (
    <div style={{ display: 'grid', gap: 8 }}>
      {links.map(({ network, url }, index) => (
        <div key={network} style={{ display: 'flex', gap: 8, alignItems: 'flex-start' }}>
          <TextInput label={nameOf(network)} type="url" readOnly={readOnly} value={url} maxLength={500} error={isSocialUrl(url) ? null : t('urlWrong')} style={{ flex: 1, minWidth: 0 }}
            onChange={(event) => onChange(links.map((link, place) => (place === index ? { ...link, url: event.currentTarget.value.trim() } : link)))} />
          {!readOnly && <ActionIcon mt={26} variant="subtle" color="gray" aria-label={t('removeLink', { network: nameOf(network) })} onClick={() => onChange(links.filter((_, place) => place !== index))}><IconTrash size={16} aria-hidden /></ActionIcon>}
        </div>
      ))}
      {!readOnly && left.length > 0 && (
        <Menu>
          <Menu.Target><Button variant="subtle" size="compact-sm" leftSection={<IconPlus size={14} aria-hidden />} style={{ justifySelf: 'start' }}>{t('addLink')}</Button></Menu.Target>
          <Menu.Dropdown>{left.map((network) => <Menu.Item key={network} onClick={() => onChange([...links, { network, url: 'https://' }])}>{nameOf(network)}</Menu.Item>)}</Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
