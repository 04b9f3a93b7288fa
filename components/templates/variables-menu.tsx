'use client';
/** What a text may say of a customer: a menu that writes the variable where the cursor stands, as Liquid. */
import { Button, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useVariables } from '#components/templates/use-variables.ts';

/** How a text usually shows it. */
const FORMATS: readonly [RegExp, string][] = [[/^balances\./, ' | default: 0'], [/(validUntil|^now)$/, ' | date: "%d/%m/%Y"'], [/amountMinor$/, ' | divided_by: 100.0']];
const asLiquid = (name: string): string => `{{ ${name}${FORMATS.find(([ending]) => ending.test(name))?.[1] ?? ''} }}`;

export function VariablesMenu({ onChoose, write = asLiquid }: { onChoose: (variable: string) => void; /** What is handed on for a path. */ write?: (name: string) => string }) {
  const t = useTranslations('templates.variables');
  const groups = useVariables();
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target><Button variant="default" size="xs" leftSection={<IconBraces size={14} aria-hidden />}>{t('insert')}</Button></Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {groups.flatMap(({ label, names }) => [
          <Menu.Label key={label}>{label}</Menu.Label>,
          ...names.map((name) => <Menu.Item key={name} onClick={() => onChoose(write(name))}><span className="code">{name}</span></Menu.Item>),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
