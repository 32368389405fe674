import { expect, test } from 'vitest';
import { passwordHint } from './password_hint';

test.each([
  ['', false, 'quiet'],
  ['kettle', false, 'warn'],
  ['kettles!', false, 'warn'],
  ['kettles!', true, 'good'],
  ['correct horse battery', false, 'good'],
  ['🔑🔑🔑🔑🔑🔑🔑', true, 'warn'],
])('access: the password %j, second factor %s, is %s', (password, hasSecondFactor, tone) => {
  expect(passwordHint(password, hasSecondFactor).tone).toBe(tone);
});

test('access: a password that is too short says what it lacks', () => {
  expect(passwordHint('kettle').text).toBe('2 more characters needed.');
  expect(passwordHint('kettles! kettl').text).toBe('Long enough only with a second factor; 1 more character without one.');
});
