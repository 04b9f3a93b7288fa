/** `npm run demo`: works in a fresh clone, so it needs no package itself; bin/demo.ts does the work. */
import { runTsx } from './run-tsx.mjs';

runTsx('demo.ts');
