import { describe, expect, test } from 'vitest';
import { isRunning, lastRun, nextRun, nextTry, nowText, orderedJobs, runsText, serverNow, signOfLife, type Job } from './jobs';

const now = Date.parse('2026-11-28T10:00:00Z');
const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString();
const job = (more: Partial<Job> = {}): Job => ({
  id: 1, title: 'Prove the books', rhythm: 'daily at 02:00 UTC', state: 'waiting', due_at: at(300), started_at: at(-7_212), finished_at: at(-7_200), owner: '', heartbeat_at: at(-7_201), progress: '', runs: 12, failures: 0,
  failed_in_a_row: 0, failed_at: null, last_failure: '', ...more,
});

describe('jobs: what a job does now', () => {
  test('one that runs says how long, and when its owner last gave a sign of life', () => {
    const running = job({ state: 'running', owner: 'books1 process 4711', started_at: at(-140), heartbeat_at: at(-8) });
    expect([isRunning(running), nowText(running, now)]).toEqual([true, 'Runs for 2 min']);
    expect(signOfLife(running, now)).toEqual({ text: 'last sign of life 8 s ago', at: at(-8) });
  });
  test('an owner that has been silent for more than a minute is trouble', () => {
    expect(signOfLife(job({ state: 'running', owner: 'books1', heartbeat_at: at(-61) }), now)?.tone).toBe('bad');
    expect(signOfLife(job({ state: 'running', owner: 'books1', heartbeat_at: at(-60) }), now)?.tone).toBeUndefined();
  });
  test('one that was paused while it ran goes on to its end', () => {
    expect(nowText(job({ state: 'paused', owner: 'books1', started_at: at(-140) }), now)).toBe('Runs for 2 min, then rests');
    expect(isRunning(job({ state: 'paused' }))).toBe(false);
  });
  test('one that rests has no owner that could be silent', () => expect(signOfLife(job(), now)).toBeNull());
});

test('jobs: when it is due next', () => {
  expect(nextRun(job(), now)).toEqual({ text: 'in 5 min', at: at(300) });
  expect(nextRun(job({ state: 'paused' }), now)).toEqual({ text: 'Not before it is resumed', at: null });
});

test('jobs: when an event is tried next', () => {
  expect(nextTry({ state: 'waiting', due_at: at(-40) }, now)).toEqual({ text: '40 s ago', at: at(-40) });
  expect(nextTry({ state: 'given_up', due_at: at(-40) }, now)).toEqual({ text: 'Not before somebody tries again', at: null });
});

test('jobs: how it went last', () => {
  expect(lastRun(job(), now).text).toBe('Went well 2 h ago, in 12 s');
  expect(lastRun(job({ state: 'running', owner: 'books1', started_at: at(-3) }), now).text).toBe('Went well 2 h ago');
  expect(lastRun(job({ finished_at: null, started_at: null }), now)).toEqual({ text: 'Has not run yet', at: null });
  expect(lastRun(job({ failed_in_a_row: 1, failed_at: at(-240) }), now)).toEqual({ text: 'Failed 4 min ago', at: at(-240), tone: 'bad' });
  expect(lastRun(job({ failed_in_a_row: 3, failed_at: at(-240) }), now).text).toBe('Failed 3 times in a row, last 4 min ago');
});

test('jobs: those that fail come first, the others by name, whatever they do', () => {
  const jobs = [job({ title: 'B', state: 'running' }), job({ title: 'C', failed_in_a_row: 2 }), job({ title: 'A', state: 'paused' })];
  expect(orderedJobs(jobs).map(({ title }) => title)).toEqual(['C', 'A', 'B']);
});

test('jobs: runs are counted', () => {
  expect([runsText({ runs: 1, failures: 0 }), runsText({ runs: 9_412, failures: 2 })]).toEqual(['1 run', '9,412 runs, 2 failed']);
});

test('jobs: time is the server’s, whatever clock the window has', () => {
  const answered_at = Date.parse('2026-11-28T10:00:00Z');
  expect(serverNow({ answered_at }, 500_000, 503_000)).toBe(answered_at + 3_000);
  expect(serverNow({}, 500_000, 503_000)).toBe(503_000);
});
