'use client';
/** What each role may do: the table that the pages and the API both obey. */
import { VisuallyHidden } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '#components/api-client.ts';
import { ROLES, scopeWord, type Members } from '#components/settings/settings-types.ts';
import classes from '#components/ui/ui.module.css';

export function RoleTable() {
  const t = useTranslations('settings.members');
  const roles = useTranslations('frame.roles');
  const words = useTranslations('settings.scopes');
  const members = useQuery({ queryKey: ['members', 'roles'], queryFn: ({ signal }) => api.get<Members>('/members', {}, signal), staleTime: Infinity });
  const table = members.data?.roles;
  if (!table) return null;
  const scopes = table.find(({ role }) => role === 'owner')?.scopes ?? [];
  const may = (role: string, scope: string): boolean => table.find((line) => line.role === role)?.scopes.includes(scope) ?? false;
  return (
    <section style={{ marginTop: 32 }}>
      <h2>{t('rolesTitle')}</h2>
      <div className={classes.tableBox} role="region" aria-label={t('rolesTitle')} tabIndex={0}>
        <table className={classes.table}>
          <thead><tr><th scope="col">{t('what')}</th>{ROLES.map((role) => <th key={role} scope="col">{roles(role)}</th>)}</tr></thead>
          <tbody>
            {scopes.map((scope) => (
              <tr key={scope}>
                <td>{words(scopeWord(scope))}</td>
                {ROLES.map((role) => <td key={role}>{may(role, scope) ? <><IconCheck size={16} color="var(--live)" aria-hidden /><VisuallyHidden>{t('yes')}</VisuallyHidden></> : <VisuallyHidden>{t('no')}</VisuallyHidden>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
