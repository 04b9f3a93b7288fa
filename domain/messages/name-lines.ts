/** The lines of a purchase or a cart with what the catalogue says of their products, so that a text can list and show what was bought or left behind. */
import { isPictureUrl } from '#domain/images/image-facts.ts';
import { chooseText } from '#domain/shared/choose-text.ts';
import type { TextVariants } from '#domain/shared/text-variants.ts';
import type { MessageContext } from '#domain/messages/message-facts.ts';

/** By article number, whether it is still sold or not. */
export type LineProducts = Readonly<Record<string, { name: TextVariants; picture: string | null; url: string | null }>>;
type Event = MessageContext['event'];

const isLine = (line: unknown): line is Record<string, unknown> => typeof line === 'object' && line !== null;
const linesOf = (event: Event): unknown[] => (Array.isArray(event?.properties['lines']) ? event.properties['lines'] : []);

/** What a mail may load, and where it may lead: a line of an event is written elsewhere. */
const shown = (value: unknown): string | null => (typeof value === 'string' && isPictureUrl(value) ? value : null);
const followed = (value: unknown): string | null => (typeof value === 'string' && /^https?:\/\/[^\s"<>]+$/.test(value) ? value : null);

/** The article numbers that the lines of these events name, each once. */
export function skusOf(events: readonly Event[]): string[] {
  return [...new Set(events.flatMap(linesOf).flatMap((line) => (isLine(line) && typeof line['sku'] === 'string' ? [line['sku']] : [])))];
}

/** The event with a `name` (in the reader's language), a `picture` and a `url` in each line that had none and whose article is known. What the event says itself stays, but for addresses that no mail should hold. */
export function nameLines(event: Event, products: LineProducts, language: string, workspaceLanguage: string): Event {
  if (!event || linesOf(event).length === 0) return event;
  const lines = linesOf(event).map((line) => {
    if (!isLine(line)) return line;
    const { picture: itsPicture, url: itsUrl, ...said } = line;
    const known = typeof line['sku'] === 'string' ? products[line['sku']] : undefined;
    const [picture, url] = [shown(itsPicture) ?? known?.picture ?? null, followed(itsUrl) ?? known?.url ?? null];
    return { ...(known && { name: chooseText(known.name, language, workspaceLanguage).text }), ...said, ...(picture !== null && { picture }), ...(url !== null && { url }) };
  });
  return { ...event, properties: { ...event.properties, lines } };
}
