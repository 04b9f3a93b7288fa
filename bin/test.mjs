/** `npm test` and `npm run check`: work in a fresh clone, so they need no package themselves; bin/test.ts does the work. */
import { runTsx } from './run-tsx.mjs';

runTsx('test.ts');
