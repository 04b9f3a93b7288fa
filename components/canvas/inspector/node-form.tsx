'use client';
/** The form of a step's kind, from their table. */
import type { ComponentType } from 'react';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import type { FormProps } from './form-props.ts';
import { NODE_FORMS } from './node-forms.ts';

export function NodeForm({ node, onChange }: { node: JourneyNode; onChange: (settings: unknown) => void }) {
  // The table pairs each kind with the form of its own settings; a lookup by kind loses that, so it is said here.
  const Form = NODE_FORMS[node.kind] as ComponentType<FormProps<JourneyNode['settings']>>;
  return <Form settings={node.settings} onChange={onChange} />;
}
