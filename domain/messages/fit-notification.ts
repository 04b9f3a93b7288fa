/** A notification travels in one encrypted record: its text ends earlier where the whole would not fit. */
import { MOST_NOTIFICATION_BYTES } from '#domain/customers/push-subscription.ts';
import { cutText } from '#domain/shared/cut-text.ts';

export type Notification = { title: string; body: string; url: string | null; icon: string | null };

/** UTF-8 without an encoder: a surrogate pair is four bytes, two for each half. */
const bytesOf = (text: string): number => [...text].reduce((sum, character) => sum + (character.length === 2 ? 4 : character < '\u0080' ? 1 : character < '\u0800' ? 2 : 3), 0);
const sizeOf = (notification: Notification): number => bytesOf(JSON.stringify(notification));

/** Leaves out the picture first, then the end of the text; 150 bytes are kept for what the provider adds. */
export function fitNotification(notification: Notification): Notification {
  const most = MOST_NOTIFICATION_BYTES - 150;
  let fitted = sizeOf(notification) > most ? { ...notification, icon: null } : notification;
  for (let length = fitted.body.length; sizeOf(fitted) > most && length > 0; length = Math.floor(length * 0.8)) fitted = { ...fitted, body: cutText(notification.body, Math.floor(length * 0.8)) };
  return sizeOf(fitted) > most ? { ...fitted, url: null } : fitted;
}
