/** Saves the people of a choice as one CSV file, however many parts the server gives them in; answers how many there are. */
import { api } from '#components/api-client.ts';
import { saveCsvText } from '#components/ui/save-csv.ts';
import type { WhichPeople } from './journey-api.ts';

const LINE = '\r\n';

export async function exportPeople(journeyId: string, which: WhichPeople, language: string, name: string): Promise<number> {
  const parts: string[] = [];
  let people = 0;
  for (let after: string | null = null; ; ) {
    const answer: Response = await api.file(`/journeys/${journeyId}/people/export`, { ...which, language: language === 'fr' ? 'fr' : 'en', ...(after && { after }) });
    const text: string = await answer.text();
    const rows = text.slice(text.indexOf(LINE) + LINE.length);
    // No cell of ours holds this end of a line, but in quotes.
    people += text.includes(LINE) ? (rows.match(/\r\ncus_/g)?.length ?? 0) + 1 : 0;
    parts.push(parts.length === 0 ? text : `${LINE}${rows}`);
    after = answer.headers.get('x-next');
    if (after === null) break;
  }
  saveCsvText(`${name}.csv`, parts);
  return people;
}
