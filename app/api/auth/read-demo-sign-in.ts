/** The sign-in that a demo offers to whoever opens it: from the environment (`DEMO_SIGN_IN`, e-mail and password with a colon between) or from the folder of the demo that runs here. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { env } from '#env.ts';

const Demo = z.object({ signIn: z.object({ email: z.string(), password: z.string() }).nullable(), baseUrl: z.string() });

export type DemoSignIn = { email: string; password: string };

/** Null wherever no demo runs. */
export function readDemoSignIn(): DemoSignIn | null {
  const { DEMO_SIGN_IN, DEMO_FOLDER } = env();
  const cut = DEMO_SIGN_IN?.indexOf(':') ?? -1;
  if (DEMO_SIGN_IN !== undefined && cut > 0) return { email: DEMO_SIGN_IN.slice(0, cut), password: DEMO_SIGN_IN.slice(cut + 1) };
  const file = DEMO_FOLDER ? resolve(/*turbopackIgnore: true*/ DEMO_FOLDER, 'demo.json') : null;
  if (file === null || !existsSync(file)) return null;
  const demo = Demo.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return demo.success ? demo.data.signIn : null;
}
