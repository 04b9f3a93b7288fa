/** A port of 127.0.0.1 that nobody uses now. */
import { createServer } from 'node:net';

/** The first free port of 127.0.0.1 from `from` on; with 0, any free port. */
export async function findFreePort(from = 0): Promise<number> {
  for (let port = from; port <= from + 200; port += 1) {
    const free = await new Promise<number | null>((answer) => {
      const probe = createServer();
      probe.once('error', () => answer(null));
      probe.listen(port, '127.0.0.1', () => {
        const address = probe.address();
        probe.close(() => answer(typeof address === 'object' && address ? address.port : null));
      });
    });
    if (free !== null) return free;
  }
  throw new Error(`No port from ${from} to ${from + 200} is free on 127.0.0.1.`);
}
