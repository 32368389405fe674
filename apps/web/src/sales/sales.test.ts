import { describe, expect, test } from 'vitest';
import type { ReportAnswer } from '../api/contract';
import { creditLeft, onOrder, owedBy } from '../customer/customer_figures';
import { kindsOf, timelineQuery } from '../customer/timeline';
import { priceTraceFrom } from './price_trace';
import { lateText, progressOf, type Stage } from './tracking';

describe('customer: how it stands', () => {
  const items = { rows: [{ open_in_books: '100.10', days_overdue: 0 }, { open_in_books: '0.20', days_overdue: 3 }, { open_in_books: '-50.00', days_overdue: 9 }] } as unknown as ReportAnswer;

  test('what is owed is the sum of the open items, what is overdue of those behind their day', () => {
    expect(owedBy(items)).toEqual({ open: '50.30', overdue: '-49.80' });
  });

  test('on order is what is not invoiced, in the currency of the books; other currencies are counted, not added', () => {
    expect(onOrder([{ unbilled: '10.50', currency: 'USD' }, { unbilled: '5.00', currency: { id: 1, label: 'EUR' } }, { unbilled: '1.00' }], 'USD')).toEqual({ amount: '11.50', others: 1 });
  });

  test('what is left of the limit may be less than nothing', () => {
    expect(creditLeft('100.00', '60.00', '30.00')).toBe('10.00');
    expect(creditLeft('100.00', '60.00', '50.00')).toBe('-10.00');
    expect(creditLeft('100.00', '-20.00', '0')).toBe('120.00');
  });
});

describe('timeline: a page behind the other', () => {
  const page = (count: number) => ({ rows: Array.from({ length: count }, (_, index) => ({ touchpoint_id: 500 - index, kind: 'call' })) }) as unknown as ReportAnswer;
  const next = (last: ReportAnswer) => timelineQuery(7, '').getNextPageParam(last, [last], 0, [0]);

  test('the next page begins behind the last entry; a page that is not full is the last', () => {
    expect(next(page(100))).toBe(401);
    expect(next(page(99))).toBeNull();
    expect(next(page(0))).toBeNull();
  });

  test('kinds that nobody thought of can be asked for once they are seen', () => {
    expect(kindsOf([{ kind: 'chat' }, { kind: 'call' }], '')).toContain('chat');
    expect(kindsOf([], 'fax').filter((kind) => kind === 'fax')).toHaveLength(1);
  });
});

describe('order: where it stands', () => {
  const stage = (given: Partial<Stage>): Stage => ({ stage: 'shipped', promised: null, actual: null, days_late: 0, measure: 'quantity', done: '0', whole: '10', complete: false, ...given });

  test('a stage is done, begun, late or to come', () => {
    expect(progressOf(stage({ complete: true, days_late: 4 }))).toBe('done');
    expect(progressOf(stage({ done: '2', days_late: 1 }))).toBe('late');
    expect(progressOf(stage({ done: '2' }))).toBe('begun');
    expect(progressOf(stage({}))).toBe('open');
    expect(lateText(1)).toBe('1 day late');
  });

  test('a line that nothing was looked up for has no trace', () => {
    expect(priceTraceFrom('')).toBeNull();
    expect(priceTraceFrom(null)).toBeNull();
    expect(priceTraceFrom('{"prices":[],"offers":[]}')).toBeNull();
    expect(priceTraceFrom('{"prices":[{"source":"product","name":"","minimum_quantity":"0","price":"80.00","taken":true,"why":""}]}')).toMatchObject({ prices: [{ price: '80.00', taken: true }], offers: [] });
  });
});
