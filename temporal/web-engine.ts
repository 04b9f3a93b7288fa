/** The engine of the web server: opened when first used, one per process, whatever Next reloads. */
import { env } from '#env.ts';
import { engineOptionsOf, openEngine, type OpenEngine } from '#temporal/open-engine.ts';

const kept = globalThis as typeof globalThis & { parcoursWebEngine?: OpenEngine };

/** The engine of this process, over the servers that the environment names. */
export function webEngine(): OpenEngine {
  kept.parcoursWebEngine ??= openEngine({ ...engineOptionsOf(env()), applicationName: 'parcours-web', maximumConnections: 20 });
  return kept.parcoursWebEngine;
}
