'use client';
/** An amount in the workspace's currency, typed as people write it and held in minor units; null when it is empty or no amount. */
import { TextInput } from '@mantine/core';
import { useLocale } from 'next-intl';
import { useState } from 'react';
import { useSession } from '#components/session.tsx';
import { readAmountMinor, writeAmount } from '#components/till/read-amount.ts';

type Props = { label: string; description?: string; valueMinor: number | null; error?: string | null; readOnly?: boolean; width?: number; onChange: (valueMinor: number | null) => void };

export function MoneyInput({ label, description, valueMinor, error, readOnly = false, width, onChange }: Props) {
  const language = useLocale();
  const { workspace } = useSession();
  const [text, setText] = useState(valueMinor === null ? '' : writeAmount(valueMinor, workspace.currencyExponent, language));
  return (
    <TextInput
      label={label} description={description} inputMode="decimal" readOnly={readOnly} value={text} error={error} rightSection={<span className="quiet">{workspace.currency}</span>} rightSectionWidth={48} {...(width && { w: width })}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(readAmountMinor(event.currentTarget.value, workspace.currencyExponent));
      }}
    />
  );
}
