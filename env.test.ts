import { expect, it } from 'vitest';
import { readEnv } from '#env.ts';

const enough = {
  DATABASE_URL: 'postgres://parcours:secret@127.0.0.1:5432/parcours',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  PARCOURS_SECRET: 'x'.repeat(32),
  PUBLIC_URL: 'https://parcours.example.com/',
};

it('fills in what has a default and cuts the slash of the public address', () => {
  expect(readEnv(enough)).toMatchObject({ PORT: 3000, TEMPORAL_NAMESPACE: 'default', LOG_LEVEL: 'info', PUBLIC_URL: 'https://parcours.example.com' });
});

it('says of each missing or wrong variable its name and an example, and never its value', () => {
  const message = (source: Record<string, string>): string => {
    try {
      readEnv(source);
      return '';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  expect(message({ ...enough, DATABASE_URL: '', PORT: 'hidden-value' })).toBe(
    'DATABASE_URL is missing; example: postgres://parcours:secret@127.0.0.1:5432/parcours.\nPORT is not valid; example: 3000.',
  );
  expect(message({}).split('\n')).toHaveLength(4);
});

it('takes the keys of a vendor whole or not at all, and one vendor for e-mail', () => {
  const problems = (source: Record<string, string>): string[] => {
    try {
      readEnv({ ...enough, ...source });
      return [];
    } catch (error) {
      return (error instanceof Error ? error.message : '').split('\n').map((line) => line.split(';')[0] ?? '');
    }
  };
  const resend = { RESEND_API_KEY: 're_1', RESEND_WEBHOOK_SECRET: 'whsec_1', EMAIL_FROM: 'Tillebou <bonjour@tillebou.test>' };
  expect(problems(resend)).toEqual([]);
  expect(problems({ RESEND_API_KEY: 're_1' })).toEqual(['RESEND_WEBHOOK_SECRET is missing', 'EMAIL_FROM is missing']);
  expect(problems({ ...resend, SMTP_URL: 'smtp://localhost:25' })).toEqual(['SMTP_URL is not valid']);
  expect(problems({ SMTP_URL: 'smtp://localhost:25' })).toEqual(['EMAIL_FROM is missing']);
  expect(problems({ TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, SMS_FROM: 'Tillebou' })).toEqual(['TWILIO_AUTH_TOKEN is missing']);
});
