/** What a careful sender looks at before a notification leaves: what phones cut off, and addresses that lead nowhere, as one reader would get it. */
import { checkLink, type LinkFinding } from '#domain/messages/check-email.ts';

export type NotificationFinding = LinkFinding | { what: 'titleLong' | 'textLong' | 'iconLeftOut' | 'leadsNowhere'; figures: Record<string, string | number> };

/** What phones show of a title and of a text before they cut them: the shorter of Android and iOS, closed. */
const TITLE_CHARACTERS = 40;
const TEXT_CHARACTERS = 120;
const lengthOf = (text: string): number => [...text].length;

/** What is wrong with a rendered notification, the gravest first. An address that is no web address is left out when it leaves, so it is named here. */
export function checkNotification({ title = '', text = '', url = '', icon = '' }: { title?: string | undefined; text?: string | undefined; url?: string | undefined; icon?: string | undefined }): NotificationFinding[] {
  const [address, picture] = [url.trim(), icon.trim()];
  const link = address === '' ? null : checkLink(address, '\0');
  return [
    ...(link ? [link] : address === '' ? [{ what: 'leadsNowhere' as const, figures: {} }] : []),
    ...(picture === '' || /^https:\/\/[^\s"<>]+\.[^\s"<>]+/i.test(picture) ? [] : [{ what: 'iconLeftOut' as const, figures: { source: picture } }]),
    ...(lengthOf(title) > TITLE_CHARACTERS ? [{ what: 'titleLong' as const, figures: { length: lengthOf(title), most: TITLE_CHARACTERS } }] : []),
    ...(lengthOf(text) > TEXT_CHARACTERS ? [{ what: 'textLong' as const, figures: { length: lengthOf(text), most: TEXT_CHARACTERS } }] : []),
  ];
}
