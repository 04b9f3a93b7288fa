'use client';
/** A colour of the light theme by its token's name: what leaves the page as a picture or on paper is light, also for whoever works in the dark. */
export function paperColour(name: string): string {
  const paper = document.createElement('div');
  paper.dataset['paper'] = '';
  document.body.append(paper);
  const colour = getComputedStyle(paper).getPropertyValue(`--${name}`).trim();
  paper.remove();
  return colour || '#888';
}
