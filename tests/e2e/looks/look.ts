/** One thing to look at: a route, a state of its page, or a dialog upon it. */
import type { Page } from '@playwright/test';
import type { Seen } from './brand-to-look-at.ts';
import type { Say } from './say.ts';

export type Look = {
  name: string;
  /** The folder of app/ whose page it is. */
  route: string;
  address: (seen: Seen) => string;
  /** The files of components/ that draw the dialog which is opened; absent when `open` brings the page itself into a state. */
  shows?: readonly string[];
  open?: (page: Page, say: Say) => Promise<void>;
  /** 1440 when absent. */
  width?: number;
  /** Seen before signing in. */
  outside?: true;
};
