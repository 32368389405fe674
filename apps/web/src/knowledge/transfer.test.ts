import { describe, expect, test } from 'vitest';
import { holdersText, lineState, progressOf, transferLineFrom, type TransferLine } from './transfer';

const line: TransferLine = { topic: 'Paint', topicId: 6, otherHolders: 0, revenue: '100.10', hasReceiver: true, dueOn: '2026-03-20', doneOn: '', isCaptured: false };

describe('a topic to be handed over', () => {
  test.each([
    [{}, 'due in 19 days', 'quiet'],
    [{ dueOn: '2026-02-27' }, '2 days late', 'bad'],
    [{ dueOn: '2026-02-27', hasReceiver: false }, '2 days late', 'bad'],
    [{ hasReceiver: false }, 'nobody takes it over', 'bad'],
    [{ dueOn: '' }, 'no day is set', 'warn'],
    [{ doneOn: '2026-02-20' }, 'handed over, not captured', 'warn'],
    [{ doneOn: '2026-02-20', isCaptured: true, hasReceiver: false, dueOn: '2026-01-01' }, 'handed over', 'good'],
  ])('with %o is %s', (more, text, tone) => {
    expect(lineState({ ...line, ...more }, '2026-03-01')).toEqual({ text, tone });
  });

  test('is read from the line as it is typed, and captured by an asset or a note', () => {
    const values = { topic: { id: 6, label: 'Paint' }, other_holders: '2', revenue: '5.00', receiver: null, due_on: null, done_on: '2026-01-02', asset: null, note: ' ' };
    expect(transferLineFrom({ key: 'a', id: 1, values })).toEqual({ topic: 'Paint', topicId: 6, otherHolders: 2, revenue: '5.00', hasReceiver: false, dueOn: '', doneOn: '2026-01-02', isCaptured: false });
    expect(transferLineFrom({ key: 'a', id: 1, values: { ...values, note: 'Walked through it' } }).isCaptured).toBe(true);
  });

  test('says how many others hold it', () => {
    expect([0, 1, 4].map(holdersText)).toEqual(['nobody who stays holds it', 'one other holds it and stays', '4 others hold it and stay']);
  });
});

test('progress: what is done, and what depends on the rest, without losing a digit', () => {
  expect(progressOf([line, { ...line, revenue: '0.20' }, { ...line, doneOn: '2026-01-01' }])).toEqual({ done: 1, all: 3, open: '100.30' });
  expect(progressOf([])).toMatchObject({ done: 0, all: 0 });
});
