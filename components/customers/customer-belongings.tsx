'use client';
/** The panels of a customer's relatives and contracts, with their lines in words. Their forms are loaded when one opens. */
import { useTranslations, useLocale } from 'next-intl';
import dynamic from 'next/dynamic';
import { RELATIONS, type ContractRow, type CustomerDetail, type RelativeRow } from '#components/customers/customer-types.ts';
import { RowsPanel } from '#components/customers/rows-panel.tsx';

const RelativeForm = dynamic(() => import('#components/customers/relative-form.tsx').then((module) => module.RelativeForm));
const ContractForm = dynamic(() => import('#components/customers/contract-form.tsx').then((module) => module.ContractForm));

/** A day has no time zone: it is the same day everywhere. */
function useDay(): (day: string) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
  return (day) => format.format(new Date(`${day}T12:00:00Z`));
}

export function CustomerBelongings({ customer }: { customer: CustomerDetail }) {
  const t = useTranslations('customers.rows');
  const day = useDay();
  const relativeLine = ({ relation, firstName, birthDate }: RelativeRow) => {
    const said = t(`relatives.of.${RELATIONS.find((each) => each === relation) ?? 'other'}`);
    const born = birthDate ? t('relatives.born', { day: day(birthDate) }) : '';
    return firstName ? { name: firstName, detail: [said, born].filter(Boolean).join(' · ') } : { name: said, detail: born };
  };
  const contractLine = ({ kind, reference, startsOn, endsOn, status }: ContractRow) => ({
    name: [kind, reference].filter(Boolean).join(' '),
    detail: [endsOn ? t('contracts.fromTo', { from: day(startsOn), to: day(endsOn) }) : t('contracts.since', { from: day(startsOn) }), status === 'ended' ? t('contracts.statuses.ended') : ''].filter(Boolean).join(' · '),
  });
  return (
    <>
      <RowsPanel customerId={customer.id} noun="relatives" rows={customer.relatives} lineOf={relativeLine} Form={RelativeForm} />
      <RowsPanel customerId={customer.id} noun="contracts" rows={customer.contracts} lineOf={contractLine} Form={ContractForm} />
    </>
  );
}
