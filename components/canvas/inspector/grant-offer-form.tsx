'use client';
/** Chooses the offer to give. */
import type { GrantOfferSettings } from '#domain/journeys/nodes/grant-offer.ts';
import { useNamedCatalogue, useSpeech } from '#components/canvas/speech-context.tsx';
import type { FormProps } from './form-props.ts';
import { KeyField } from './key-field.tsx';

export function GrantOfferForm({ settings, onChange }: FormProps<GrantOfferSettings>) {
  const { words } = useSpeech();
  const { offers } = useNamedCatalogue();
  return <KeyField label={words('form.offer')} empty={words('form.noOffers')} options={offers} value={settings.offerKey} onChange={(offerKey) => onChange({ offerKey })} />;
}
