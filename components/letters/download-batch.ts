/** Saves the file of a closed batch, as the server writes it. */
import { ApiProblem, PAGE_HEADERS } from '#components/api-client.ts';

export async function downloadBatch({ id, number }: { id: string; number: number }): Promise<void> {
  const response = await fetch(`/api/v1/letter-batches/${id}/export`, { headers: PAGE_HEADERS, credentials: 'same-origin' });
  if (!response.ok) throw new ApiProblem(response.status, 'letters.state', response.statusText);
  const address = URL.createObjectURL(await response.blob());
  Object.assign(document.createElement('a'), { href: address, download: `letters-${number}.csv` }).click();
  URL.revokeObjectURL(address);
}
