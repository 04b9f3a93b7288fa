'use client';
/** A colour of the theme by its token's name, for pictures that leave the page. */
export const themeColour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || '#888';
