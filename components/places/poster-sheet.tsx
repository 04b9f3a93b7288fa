'use client';
/** A poster as the printer makes it, on A4, in one language or both. */
import type { ReactNode } from 'react';
import classes from '#components/places/places.module.css';
import type { Language } from '#components/words/languages.ts';

export const POSTER_CHOICES = ['en', 'fr', 'both'] as const;
export type PosterChoice = (typeof POSTER_CHOICES)[number];

type Props = { label: string; brand: string; foot: string; svg: string; alt: string; choice: PosterChoice; head: (language: Language) => ReactNode; below: (language: Language) => string };

export function PosterSheet({ label, brand, foot, svg, alt, choice, head, below }: Props) {
  const languages: Language[] = choice === 'both' ? ['fr', 'en'] : [choice];
  return (
    <article className={classes.poster} aria-label={label}>
      <p className={classes.brand}>{brand}</p>
      <div className={classes.words}>{languages.map((language) => <div key={language} lang={language}>{head(language)}</div>)}</div>
      <img className={classes.code} src={`data:image/svg+xml;utf8,${encodeURIComponent(svg)}`} alt={alt} />
      <div className={classes.words}>{languages.map((language) => <p key={language} lang={language}>{below(language)}</p>)}</div>
      <p className={classes.foot}>{foot}</p>
    </article>
  );
}
