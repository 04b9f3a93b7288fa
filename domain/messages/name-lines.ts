/** The lines of a purchase or a cart with the names of their products, so that a text can list what was bought. */
import { chooseText } from '#domain/shared/choose-text.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';
import type { MessageContext } from '#domain/messages/message-facts.ts';

/** By article number. */
export type ProductNames = Readonly<Record<string, TextVariants>>;
type Event = MessageContext['event'];

const isLine = (line: unknown): line is Record<string, unknown> => typeof line === 'object' && line !== null;
const linesOf = (event: Event): unknown[] => (Array.isArray(event?.properties['lines']) ? event.properties['lines'] : []);

/** The article numbers that the lines of these events name, each once. */
export function skusOf(events: readonly Event[]): string[] {
  return [...new Set(events.flatMap(linesOf).flatMap((line) => (isLine(line) && typeof line['sku'] === 'string' ? [line['sku']] : [])))];
}

/** The event with a `name` in each line that had none and whose article is known, in the reader's language. */
export function nameLines(event: Event, names: ProductNames, language: string, workspaceLanguage: string): Event {
  if (!event || linesOf(event).length === 0) return event;
  const lines = linesOf(event).map((line) => {
    const variants = isLine(line) && typeof line['sku'] === 'string' && line['name'] === undefined ? names[line['sku']] : undefined;
    return isLine(line) && variants ? { ...line, name: chooseText(variants, language, workspaceLanguage).text } : line;
  });
  return { ...event, properties: { ...event.properties, lines } };
}
