/** Tells next-intl which language a request speaks; addresses hold none. */
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLanguage, LANGUAGE_COOKIE } from '#components/words/languages.ts';
import { WORDS } from '#components/words/words.ts';

export default getRequestConfig(async () => {
  const locale = chooseLanguage((await cookies()).get(LANGUAGE_COOKIE)?.value, (await headers()).get('accept-language'));
  return { locale, messages: WORDS[locale], timeZone: 'UTC' };
});
