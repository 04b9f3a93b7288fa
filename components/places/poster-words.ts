/** What stands on the paper is for passers-by, whatever the reader of this page speaks: so both languages are here at once. */
import type { Language } from '#components/words/languages.ts';

export const POSTER_WORDS: Record<Language, { scan: string; how: string }> = {
  en: { scan: 'Scan me', how: 'Open the camera of your phone and hold it over the code.' },
  fr: { scan: 'Scannez-moi', how: 'Ouvrez l’appareil photo de votre téléphone et visez le code.' },
};
