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
