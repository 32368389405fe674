import { expect, test } from 'vitest';
import { dueText } from './due';

test.each([
  ['2026-03-10', 'due in 9 days', 'quiet'],
  ['2026-03-04', 'due in 3 days', 'warn'],
  ['2026-03-02', 'due in one day', 'warn'],
  ['2026-03-01', 'due today', 'warn'],
  ['2026-02-28', 'one day late', 'bad'],
  ['2025-12-31', '60 days late', 'bad'],
])('%s is %s on the first of March', (day, text, tone) => {
  expect(dueText(day, '2026-03-01')).toEqual({ text, tone });
});
