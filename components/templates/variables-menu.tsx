'use client';
/** What a text may say of a customer: a menu that writes the variable where the cursor stands, as Liquid. */
import { Button, Menu } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useVariables } from '#components/templates/use-variables.ts';

/** How a text usually shows it; what may be unknown of a customer has a place for what is said instead. */
const FORMATS: readonly [RegExp, string][] = [
  [/^balances\./, ' | default: 0'], [/(validUntil|birthDate|^now)$/, ' | date: "%d/%m/%Y"'], [/amountMinor$/, ' | divided_by: 100.0'], [/^(customer|event)\./, ' | default: ""'],
];
const asLiquid = (name: string): string => `{{ ${name}${FORMATS.find(([ending]) => ending.test(name))?.[1] ?? ''} }}`;

export function VariablesMenu({ onChoose, write = asLiquid }: { onChoose: (variable: string) => void; /** What is handed on for a path. */ write?: (name: string) => string }) {
  const t = useTranslations('templates.variables');
  const groups = useVariables();
  return (
    <Menu position="bottom-start" width={320}>
      <Menu.Target><Button variant="default" size="xs" leftSection={<IconBraces size={14} aria-hidden />}>{t('insert')}</Button></Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {groups.flatMap(({ label, variables }) => [
          <Menu.Label key={label}>{label}</Menu.Label>,
          ...variables.map((variable) => <Menu.Item key={variable.name} onClick={() => onChoose(write(variable.name))}>{variable.label}<span className="code quiet" style={{ display: 'block', fontSize: 11 }}>{variable.name}</span></Menu.Item>),
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
