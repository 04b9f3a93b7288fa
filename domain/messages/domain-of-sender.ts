/** The domain of a sender, by patterns alone: what a page needs before anybody presses. */

export const MOST_OF_DOMAIN = 253;
/** In small letters, alone, such as news.example.com. */
export const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/** The domain of `Name <a@b>` or of a bare address, in small letters; null when there is none. */
export const domainOfSender = (sender: string): string | null => /@([^\s<>@]+?)>?\s*$/.exec(sender)?.[1]?.toLowerCase() ?? null;

/** A domain as somebody typed it; null when it is none. */
export function readDomain(typed: string): string | null {
  const name = typed.trim().toLowerCase();
  return name.length <= MOST_OF_DOMAIN && DOMAIN.test(name) ? name : null;
}
