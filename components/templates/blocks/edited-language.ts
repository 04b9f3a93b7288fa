'use client';
/** The language of the variant that is being written, for fields deep inside it; null outside of one. */
import { createContext, useContext } from 'react';

export const EditedLanguage = createContext<string | null>(null);
export const useEditedLanguage = (): string | null => useContext(EditedLanguage);
