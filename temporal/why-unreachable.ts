/** Whether anybody listens at a host and port, asked before a client that would try for long. */
import { connect } from 'node:net';

/** The reason why no TCP connection is made within the time, or null when one is. */
export function whyUnreachable(host: string, port: number, timeoutMs: number): Promise<string | null> {
  return new Promise((answer) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (reason: string | null): void => {
      socket.destroy();
      answer(reason);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(`no connection within ${timeoutMs / 1_000} s`));
    socket.once('error', (error) => end(error.message));
  });
}
