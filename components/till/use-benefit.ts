'use client';
/** An offer in words: its name, what it gives, and what it takes off an amount. */
import { useLocale, useTranslations } from 'next-intl';
import type { Offer } from '#domain/offers/offer.ts';
import { redeemVoucher } from '#domain/offers/redeem-voucher.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import { useSession } from '#components/session.tsx';
import { useFormats } from '#components/use-formats.ts';

export function useBenefit() {
  const t = useTranslations('offers');
  const language = useLocale();
  const { workspace } = useSession();
  const formats = useFormats();
  return {
    nameOfOffer: (offer: Offer): string => chooseText(offer.name, language, workspace.language).text,
    words: ({ benefit }: Offer): string =>
      benefit.kind === 'amountOff' ? t('benefit.amountOff', { amount: formats.money(benefit.amountMinor) })
        : benefit.kind === 'percentOff' ? t('benefit.percentOff', { percent: benefit.percent })
          : t('benefit.gift', { gift: chooseText(benefit.text, language, workspace.language).text }),
    /** The discount on this amount by the rules of the server; null when the voucher asks for a larger one. */
    discountOn: (offer: Offer, amountMinor: number): number | null => {
      const redemption = redeemVoucher({ offerKey: offer.key, status: 'issued', validFrom: 0, validUntil: null }, offer, 0, { amountMinor });
      return redemption.ok ? redemption.value.discountMinor : null;
    },
  };
}
