import { createServer, type Server, type Socket } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { invariant } from '#domain/shared/invariant.ts';
import { openSmtp } from '#providers/smtp.ts';
import { email } from '#providers/vendor-server/vendors-for-test.ts';

type Replies = { recipient?: string; data?: string; afterData?: (socket: Socket) => void };
let server: Server | undefined;
let sockets: Socket[] = [];
afterEach(() => { sockets.forEach((socket) => socket.destroy()); sockets = []; server?.close(); });

/** An SMTP server that speaks just enough, and keeps what it was told. */
async function speakSmtp(replies: Replies): Promise<{ url: string; told: () => string }> {
  let told = '';
  server = createServer((socket) => {
    sockets.push(socket);
    let inData = false;
    socket.on('error', () => {}).write('220 test\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      told += chunk;
      if (inData) {
        if (!told.endsWith('\r\n.\r\n')) return;
        inData = false;
        if (replies.afterData) replies.afterData(socket);
        else socket.write(`${replies.data ?? '250 kept'}\r\n`);
        return;
      }
      const command = chunk.slice(0, 4).toUpperCase();
      inData = command === 'DATA';
      socket.write({ EHLO: '250 test\r\n', 'RCPT': `${replies.recipient ?? '250 ok'}\r\n`, DATA: '354 go\r\n' }[command] ?? '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  invariant(address !== null && typeof address === 'object', 'a listening server has an address');
  return { url: `smtp://127.0.0.1:${address.port}`, told: () => told };
}

const sendTo = (url: string, message = email('anna@lutin.test')) => openSmtp({ url }).sendBatch({ batchId: randomUUID(), payload: [message] });

describe('openSmtp', () => {
  it('is sent when the server takes it, under our own message id', async () => {
    const { url, told } = await speakSmtp({});
    const message = email('anna@lutin.test');
    expect(await sendTo(url, message)).toMatchObject({ kind: 'answered', members: [{ messageId: message.messageId, kind: 'sent', providerMessageId: `<${message.messageId}@lutin.test>` }] });
    expect(told()).toContain(`Message-ID: <${message.messageId}@lutin.test>`);
    expect(told()).toContain('List-Unsubscribe: <https://lutin.test/u>');
  });

  it('is refused when the server refuses the address or the message for good', async () => {
    expect(await sendTo((await speakSmtp({ recipient: '550 no such user' })).url)).toMatchObject({ kind: 'answered', members: [{ kind: 'refused', code: '550' }] });
    expect(await sendTo((await speakSmtp({ data: '554 no' })).url)).toMatchObject({ kind: 'answered', members: [{ kind: 'refused', code: '554' }] });
  });

  it('is unavailable when the server says later, or is not there: nothing left', async () => {
    expect(await sendTo((await speakSmtp({ recipient: '450 later' })).url)).toMatchObject({ kind: 'unavailable' });
    expect(await sendTo('smtp://127.0.0.1:1')).toMatchObject({ kind: 'unavailable', reason: 'ECONNREFUSED' });
  });

  it('is ambiguous when the line goes dead after the message', async () => {
    expect(await sendTo((await speakSmtp({ afterData: (socket) => socket.resetAndDestroy() })).url)).toMatchObject({ kind: 'ambiguous' });
  });
});
