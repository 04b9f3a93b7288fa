'use client';
/** The vouchers that a customer holds or has used. */
import { useTranslations } from 'next-intl';
import { api, type Page } from '#components/api-client.ts';
import { DataTable, type Column } from '#components/ui/data-table.tsx';
import { EmptyState } from '#components/ui/states.tsx';
import { StatusBadge } from '#components/ui/status-badge.tsx';
import { useFormats } from '#components/use-formats.ts';

type Voucher = { id: string; code: string; offerKey: string; status: 'issued' | 'redeemed' | 'revoked'; issuedAt: string; validUntil: string | null; redeemedAt: string | null };

export function CustomerVouchers({ customerId }: { customerId: string }) {
  const t = useTranslations('customers.vouchers');
  const formats = useFormats();
  const columns: Column<Voucher>[] = [
    { key: 'code', header: t('code'), render: (row) => <span className="code">{row.code}</span>, csv: (row) => row.code },
    { key: 'offer', header: t('offer'), render: (row) => row.offerKey, csv: (row) => row.offerKey },
    { key: 'status', header: t('status'), render: (row) => <StatusBadge tone={row.status === 'issued' ? 'live' : 'quiet'}>{t(`statuses.${row.status}`)}</StatusBadge>, csv: (row) => row.status },
    { key: 'issued', header: t('issued'), render: (row) => formats.date(row.issuedAt), csv: (row) => row.issuedAt },
    { key: 'until', header: t('until'), render: (row) => (row.redeemedAt ? t('used', { at: formats.date(row.redeemedAt) }) : row.validUntil ? formats.date(row.validUntil) : t('noEnd')), csv: (row) => row.validUntil },
  ];
  return (
    <DataTable
      label={t('title')} columns={columns} queryKey={['customers', customerId, 'vouchers']} rowKey={(row) => row.id}
      fetchPage={(after, signal) => api.get<Page<Voucher>>('/vouchers', { customerId, after }, signal)}
      empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
    />
  );
}
