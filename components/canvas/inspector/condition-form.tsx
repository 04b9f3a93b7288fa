'use client';
/** Edits a condition. */
import type { ConditionSettings } from '#domain/journeys/nodes/condition.ts';
import { useSpeech } from '#components/canvas/speech-context.tsx';
import { ConditionBuilder } from './condition-builder.tsx';
import type { FormProps } from './form-props.ts';

export function ConditionForm({ settings, onChange }: FormProps<ConditionSettings>) {
  const { words } = useSpeech();
  return <ConditionBuilder label={words('form.condition')} description={words('form.conditionHelp')} value={settings.condition} onChange={(condition) => onChange({ condition })} />;
}
