'use client';
/** Says reasons and problems in words: the domain gives a code and its figures, the sentence stands in `words/<language>/reasons.json`. */
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { ApiProblem } from '#components/api-client.ts';

export type ReasonData = { code: string; figures?: Record<string, unknown> } & Record<string, unknown>;

type Says = { (key: string, values?: Record<string, string | number>): string; has: (key: string) => boolean };

/** Dots in a code would be steps of a path in the words: they are written as underscores there. */
export const wordKey = (code: string): string => code.replaceAll('.', '_');

/** Figures that a sentence can hold; lists become their elements with commas. */
function figuresOf(reason: ReasonData): Record<string, string | number> {
  const { code: _, figures, ...rest } = reason;
  return Object.fromEntries(Object.entries({ ...rest, ...figures }).flatMap(([name, value]) => {
    if (typeof value === 'string' || typeof value === 'number') return [[name, value]];
    if (Array.isArray(value)) return [[name, value.join(', ')]];
    return [];
  }));
}

/** The sentence of a reason; a code without one is named, so that it can be told to someone. */
export function sentenceOf(says: Says, reason: ReasonData): string {
  const key = `codes.${wordKey(reason.code)}`;
  if (!says.has(key)) return says('unknown', { code: reason.code });
  try {
    return says(key, figuresOf(reason));
  } catch {
    return says('unknown', { code: reason.code });
  }
}

export function useReasonSentence(): (reason: ReasonData) => string {
  const says = useTranslations('reasons');
  return useCallback((reason) => sentenceOf(says, reason), [says]);
}

/** What happened and what to do, for anything thrown on the way to the API. */
export function useProblemSentence(): (error: unknown) => string {
  const says = useTranslations('reasons');
  return useCallback((error) => {
    if (!(error instanceof ApiProblem)) return says('codes.internal');
    const key = `codes.${wordKey(error.code)}`;
    const sentence = says.has(key) ? says(key) : says('unknown', { code: error.code });
    return error.requestId === null ? sentence : `${sentence} ${says('requestId', { id: error.requestId })}`;
  }, [says]);
}
