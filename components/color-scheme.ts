/** Light, dark or as the system says: kept in a cookie so that the server paints the right one at once. */
import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core';

export const SCHEME_COOKIE = 'parcours.theme';
const YEAR_SECONDS = 31_536_000;

export const readScheme = (text: string | undefined): MantineColorScheme => (text === 'light' || text === 'dark' ? text : 'auto');

/** Painted before anything else when only the browser knows: inline, under the page's nonce. */
export const SCHEME_SCRIPT = `document.documentElement.dataset.mantineColorScheme=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light'`;

export function cookieSchemeManager(initial: MantineColorScheme): MantineColorSchemeManager {
  let current = initial;
  return {
    get: () => current,
    set: (value) => {
      current = value;
      document.cookie = `${SCHEME_COOKIE}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    },
    subscribe: () => {},
    unsubscribe: () => {},
    clear: () => {
      current = 'auto';
      document.cookie = `${SCHEME_COOKIE}=; path=/; max-age=0; samesite=lax`;
    },
  };
}
