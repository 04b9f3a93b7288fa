/** What a customer is called, read once; their id while nobody knows. */
import { useQuery } from '@tanstack/react-query';
import { api } from '#components/api-client.ts';
import { displayNameOf, type CustomerSummary } from '#components/customers/customer-types.ts';

export function useCustomerName(id: string): string {
  const { data } = useQuery({ queryKey: ['customers', 'picked', id], queryFn: () => api.get<CustomerSummary>(`/customers/${id}`) });
  return (data && displayNameOf(data)) || id;
}
