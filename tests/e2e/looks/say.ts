/** The words of the interface in either language, as patterns, so that a test opens the same thing in both. */
import { readFileSync } from 'node:fs';
import type { Language } from '#components/words/languages.ts';

/** `say('settings.members.add')`: what it is called, its figures standing for anything. */
export type Say = (key: string) => RegExp;

const folder = new URL('../../../components/words/', import.meta.url);
const kebab = (area: string): string => area.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const inner = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined);

export const sayIn = (language: Language): Say => (key) => {
  const [area = '', ...path] = key.split('.');
  const sentence = path.reduce<unknown>(inner, JSON.parse(readFileSync(new URL(`${language}/${kebab(area)}.json`, folder), 'utf8')));
  if (typeof sentence !== 'string') throw new Error(`There is no word ${key} in ${language}.`);
  return new RegExp(`^${sentence.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^{}]*\}/g, '.*').replace(/\s+/g, '\\s+')}$`);
};
