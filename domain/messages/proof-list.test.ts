import { describe, expect, it } from 'vitest';
import { normaliseRecipients, readRecipients, writeRecipients } from './proof-list.ts';

describe('a proof list', () => {
  it('is read as it is typed, a person a line, and written back', () => {
    const typed = 'Ada Lovelace <ada@example.org>\nbo@example.org\n\n"Cy" <+33 6 39 98 00 01>\n06 39 98 00 02';
    const { recipients, wrong } = readRecipients(typed);
    expect(wrong).toEqual([]);
    expect(recipients).toEqual([
      { kind: 'email', value: 'ada@example.org', name: 'Ada Lovelace' }, { kind: 'email', value: 'bo@example.org' }, { kind: 'phone', value: '+33 6 39 98 00 01', name: 'Cy' }, { kind: 'phone', value: '06 39 98 00 02' },
    ]);
    expect(readRecipients(writeRecipients(recipients)).recipients).toEqual(recipients);
  });

  it('names the lines that are nobody', () => {
    expect(readRecipients('Ada\nada@\nfoo <bar>\nok@example.org').wrong).toEqual(['Ada', 'ada@', 'foo <bar>']);
  });

  it('holds each address once, in its normal form, and says which is none', () => {
    expect(normaliseRecipients([{ kind: 'phone', value: '06 39 98 00 01' }, { kind: 'phone', value: '+33639980001', name: 'Again' }, { kind: 'email', value: 'Ada@Example.org' }], 'FR')).toEqual({ ok: true, value: [{ kind: 'phone', value: '+33639980001' }, { kind: 'email', value: 'ada@example.org' }] });
    expect(normaliseRecipients([{ kind: 'phone', value: '123' }], 'FR')).toMatchObject({ ok: false, problems: [{ path: ['body', 'recipients', 0, 'value'] }] });
  });
});
