/** Changes the language of this browser and loads the page anew in it. */
import { LANGUAGE_COOKIE, LANGUAGES, type Language } from '#components/words/languages.ts';

export const OTHER_LANGUAGE: Record<Language, { code: Language; name: string }> = { en: { code: 'fr', name: LANGUAGES.fr }, fr: { code: 'en', name: LANGUAGES.en } };

export function speakLanguage(code: Language): void {
  document.cookie = `${LANGUAGE_COOKIE}=${code}; path=/; max-age=31536000; samesite=lax`;
  window.location.reload();
}
