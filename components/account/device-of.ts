/** A browser and its system in words, as far as the line that it sends tells; null for what nobody knows. */
const BROWSERS: [RegExp, string][] = [[/\bEdg(e|A|iOS)?\//, 'Edge'], [/\b(OPR|Opera)\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\b(Firefox|FxiOS)\//, 'Firefox'], [/\b(Chrome|CriOS|HeadlessChrome)\//, 'Chrome'], [/\bSafari\//, 'Safari']];
const SYSTEMS: [RegExp, string][] = [[/\b(iPhone|iPod)\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bWindows\b/, 'Windows'], [/\bMac OS X\b|\bMacintosh\b/, 'macOS'], [/\bCrOS\b/, 'ChromeOS'], [/\bLinux\b/, 'Linux']];

const nameIn = (names: [RegExp, string][], line: string): string | null => names.find(([pattern]) => pattern.test(line))?.[1] ?? null;

export const deviceOf = (userAgent: string | null): { browser: string | null; system: string | null } => ({ browser: nameIn(BROWSERS, userAgent ?? ''), system: nameIn(SYSTEMS, userAgent ?? '') });
