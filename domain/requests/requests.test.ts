import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillIn, fillInJson, hasStrayBraces, pathsIn } from '#domain/shared/fill-in.ts';
import { fillAddress, hostOf, isAddress } from './address.ts';
import { readAnswerBody } from './read-answer.ts';
import { MAXIMUM_ATTEMPTS, RETRY_SECONDS, retryAfter } from './retry.ts';

describe('the address of a request (§4.3)', () => {
  it('is https to a host that is written out', () => {
    for (const good of ['https://shop.example.com', 'https://shop.example.com/a/{{ customer.id }}?q={{ event.properties.page }}', 'https://xn--caf-dma.fr:8443/x']) expect({ good, is: isAddress(good) }).toEqual({ good, is: true });
    for (const bad of [
      'http://shop.example.com/', 'https://{{ customer.host }}/x', 'https://shop.{{ event.properties.zone }}.com/', 'https://127.0.0.1/', 'https://2130706433/', 'https://[::1]/', 'https://localhost/', 'https://user:pass@shop.example.com/',
      'https://shop.example.com@evil.test/', 'https://shop.example.com/#x', 'https://shop.example.com:0/', 'https://shop.example.com:99999/', 'https://shop.example.com/{% raw %}', 'https://shop.example.com/a b', 'ftp://shop.example.com/', '',
    ]) expect({ bad, is: isAddress(bad) }).toEqual({ bad, is: false });
  });

  it('never lets a value choose another host or another path', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), (value) => {
      const filled = fillAddress('https://shop.example.com/c/{{ customer.id }}/orders?q={{ event.properties.page }}', { customer: { id: value }, event: { properties: { page: value } } });
      if (!filled.ok) return;
      const url = new URL(filled.address);
      expect(url.host).toBe('shop.example.com');
      expect(url.pathname.split('/')).toHaveLength(4);
      expect(url.pathname.endsWith('/orders')).toBe(true);
      expect(hostOf(filled.address)).toBe('shop.example.com');
    }));
  });

  it('names what it misses in its path, and leaves what it misses in its query empty', () => {
    expect(fillAddress('https://a.example.com/{{ customer.card }}', { customer: {} })).toEqual({ ok: false, missing: 'customer.card' });
    expect(fillAddress('https://a.example.com/?c={{ customer.card }}', { customer: {} })).toEqual({ ok: true, address: 'https://a.example.com/?c=' });
  });
});

describe('a text with places', () => {
  it('is filled with own properties only, and keeps the type of a value that stands alone in JSON', () => {
    const variables = { customer: { firstName: 'Zoé', points: 3, tags: ['vip'] } };
    expect(fillIn('Ring {{ customer.firstName }} up {{customer.nobody}}!', variables)).toBe('Ring Zoé up !');
    expect(fillIn('{{ customer.constructor }}{{ customer.__proto__ }}', variables)).toBe('');
    expect(fillInJson({ a: '{{ customer.points }}', b: 'p{{ customer.points }}', c: ['{{ customer.tags }}'], d: '{{ customer.nobody }}', e: 1 }, variables)).toEqual({ a: 3, b: 'p3', c: [['vip']], d: null, e: 1 });
    expect(pathsIn('{{ a.b }} {{c}}')).toEqual(['a.b', 'c']);
    expect(hasStrayBraces('{{ a | upcase }}')).toBe(true);
  });

  it('cannot break out of the JSON that it stands in', () => {
    fc.assert(fc.property(fc.string(), (value) => {
      const body = JSON.stringify(fillInJson({ a: '{{ customer.name }} x', b: 'safe' }, { customer: { name: value } }));
      expect(JSON.parse(body)).toEqual({ a: `${value} x`, b: 'safe' });
    }));
  });
});

describe('an attempt (§7.5)', () => {
  it('is made again when the server was busy or silent, later each time, and at most six times', () => {
    const busy = { kind: 'answered', status: 503, body: null, retryAfterSeconds: null } as const;
    expect(Array.from({ length: MAXIMUM_ATTEMPTS }, (_, index) => retryAfter(busy, index + 1))).toEqual([...RETRY_SECONDS, null]);
    expect(retryAfter({ ...busy, status: 429, retryAfterSeconds: 90 }, 1)).toBe(90);
    expect(retryAfter({ ...busy, status: 429, retryAfterSeconds: 90_000 }, 1)).toBe(3_600);
    expect(retryAfter({ kind: 'failed', reason: 'http.timeout' }, 1)).toBe(5);
    for (const status of [200, 302, 400, 404]) expect(retryAfter({ ...busy, status }, 1)).toBeNull();
    for (const reason of ['http.forbiddenAddress', 'http.tooLarge', 'http.secretMissing'] as const) expect(retryAfter({ kind: 'failed', reason }, 1)).toBeNull();
  });

  it('is answered with JSON, or with text, without what no database can keep', () => {
    expect(readAnswerBody('')).toBeNull();
    expect(readAnswerBody('{"a":"x\\u0000y","b":["\\ud800"]}')).toEqual({ a: 'xy', b: ['\uFFFD'] });
    expect(readAnswerBody('<html>\u0000')).toBe('<html>');
  });
});
