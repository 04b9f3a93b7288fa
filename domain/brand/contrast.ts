/** Whether one colour can be read on another (WCAG 2.2, 1.4.3). https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */

/** What text in its usual size needs. */
export const READABLE = 4.5;

/** A colour as `#rrggbb`, as light as an eye takes it: 0 to 1. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) to 21 (black on white). */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** The first of the colours that can be read on the ground; where none can, the one that can best. */
export function readableOn(ground: string, colours: readonly [string, ...string[]]): string {
  const fits = colours.find((colour) => contrastOf(colour, ground) >= READABLE);
  return fits ?? colours.reduce((best, colour) => (contrastOf(colour, ground) > contrastOf(best, ground) ? colour : best));
}
