import { describe, expect, it } from 'vitest';
import { matchSmsKeyword, SMS_KEYWORDS } from '#domain/messages/sms-keywords.ts';

describe('matchSmsKeyword', () => {
  it('knows every word of §6.6 in any case', () => {
    for (const [keyword, words] of Object.entries(SMS_KEYWORDS)) {
      for (const word of words) {
        expect(matchSmsKeyword(word)).toBe(keyword);
        expect(matchSmsKeyword(word.toLowerCase())).toBe(keyword);
      }
    }
  });

  it.each([' Stop ', 'stop.', '«STOP»', 'ARRÊT', 'arre\u0302t', 'Arrêt !'])('takes %j as an opt-out (§6.6)', (text) => {
    expect(matchSmsKeyword(text)).toBe('optOut');
  });

  it.each(['stop it', 'please stop', 'ST OP', 'stopping', '', '   ', 'merci', 'constructor'])('takes %j as no keyword: a single word only (§6.6)', (text) => {
    expect(matchSmsKeyword(text)).toBeNull();
  });
});
