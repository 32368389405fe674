import { expect, test, vi } from 'vitest';
import { Presence } from './presence';

test('presence: whoever waits goes on when somebody has signed in, all of them and once', async () => {
  const presence = new Presence();
  const watcher = vi.fn();
  presence.watch(watcher);
  presence.leave();
  presence.leave();
  const both = Promise.all([presence.back(), presence.back()]);
  expect(presence.isAway).toBe(true);
  presence.arrive();
  await both;
  expect(presence.isAway).toBe(false);
  expect(watcher).toHaveBeenCalledTimes(2);
});

test('presence: what is no longer wanted does not wait', async () => {
  const presence = new Presence();
  const gone = new AbortController();
  const waiting = presence.back(gone.signal);
  gone.abort(new Error('left'));
  await expect(waiting).rejects.toThrow('left');
  await expect(presence.back(gone.signal)).rejects.toThrow('left');
});
