'use client';
/** The form of a step's kind, from the table of node views. */
import type { ComponentType } from 'react';
import type { JourneyNode } from '#domain/journeys/definition.ts';
import { NODE_VIEWS } from '#components/canvas/node-views.ts';
import type { FormProps } from './form-props.ts';

export function NodeForm({ node, onChange }: { node: JourneyNode; onChange: (settings: unknown) => void }) {
  // The table pairs each kind with the form of its own settings; a lookup by kind loses that, so it is said here.
  const Form = NODE_VIEWS[node.kind].Form as ComponentType<FormProps<JourneyNode['settings']>>;
  return <Form settings={node.settings} onChange={onChange} />;
}
