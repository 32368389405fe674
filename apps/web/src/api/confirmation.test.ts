import { expect, test, vi } from 'vitest';
import { Confirmation } from './confirmation';

test('confirmation: all who wait share the first question, and go on together when it is given', async () => {
  const confirmation = new Confirmation();
  const watcher = vi.fn();
  confirmation.watch(watcher);
  const both = Promise.all([confirmation.ask('To change users, confirm.'), confirmation.ask('To make a link, confirm.')]);
  expect(confirmation.question).toBe('To change users, confirm.');
  confirmation.give();
  expect(await both).toEqual([true, true]);
  expect(confirmation.question).toBeNull();
  expect(confirmation.times).toBe(1);
  expect(watcher).toHaveBeenCalledTimes(2);
});

test('confirmation: what is cancelled is told to all who wait, and the next one is asked anew', async () => {
  const confirmation = new Confirmation();
  const both = Promise.all([confirmation.ask('first'), confirmation.ask('second')]);
  confirmation.cancel();
  expect(await both).toEqual([false, false]);
  expect(confirmation.times).toBe(0);
  const next = confirmation.ask('third');
  expect(confirmation.question).toBe('third');
  confirmation.give();
  expect(await next).toBe(true);
});
