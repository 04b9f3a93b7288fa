/** What stands on the paper is for passers-by, whatever the reader of this page speaks: so both languages are here at once. */
import type { Language } from '#components/words/languages.ts';

export const POSTER_WORDS: Record<Language, { scan: string; how: string }> = {
  en: { scan: 'Scan me', how: 'Open the camera of your phone and hold it over the code.' },
  fr: { scan: 'Scannez-moi', how: 'Ouvrez l’appareil photo de votre téléphone et visez le code.' },
};

export const JOIN_WORDS: Record<Language, { join: (brand: string) => string; why: string; how: string }> = {
  en: { join: (brand) => `Join ${brand}`, why: 'Your purchases count from now on.', how: 'Open the camera of your phone and hold it over the code. Your mobile number is enough.' },
  fr: { join: (brand) => `Rejoignez ${brand}`, why: 'Vos achats comptent dès maintenant.', how: 'Ouvrez l’appareil photo de votre téléphone et visez le code. Votre numéro de mobile suffit.' },
};
