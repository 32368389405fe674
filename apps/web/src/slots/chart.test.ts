import { describe, expect, test } from 'vitest';
import type { ReportAnswer } from '../api/contract';
import { chartData, placesInTime } from './chart_data';
import { axisLabels, brokenText } from './chart_layout';
import { pointAfter } from './chart_reading';
import { figureOf } from './figure';

const company = { id: 1, name: 'Demo', currency: 'USD', decimals: 2 };
const answer: ReportAnswer = {
  report: 'warranty.cost', title: 'Cost', parameters: {}, totals: { claims: 5, cost: '1234.50' },
  columns: [{ name: 'day', label: 'Day', type: 'date' }, { name: 'claims', label: 'Claims', type: 'integer', total: true }, { name: 'cost', label: 'Cost', type: 'money', total: true }, { name: 'rate', label: 'Rate', type: 'percent' }],
  rows: [
    { day: '2026-01-01', claims: 2, cost: '1000.00', rate: '2' }, { day: '2026-01-11', claims: 3, cost: null, rate: '3' },
    { day: '2026-01-31', claims: 0, cost: '234.50', rate: null }, { day: null, claims: 5, cost: '1234.50', rate: null, emphasis: 'total' },
  ],
};

describe('chart: a report as it is drawn', () => {
  test('without the rows that sum up others, with the values as they read', () => {
    const data = chartData(answer, { shape: 'line', x: 'day', y: ['cost', 'claims'] }, 2);
    expect(data?.points.map(({ label, values, texts }) => [label, values, texts])).toEqual([
      ['2026-01-01', [1000, 2], ['1,000.00', '2']], ['2026-01-11', [null, 3], ['', '3']], ['2026-01-31', [234.5, 0], ['234.50', '0']],
    ]);
  });

  test('days stand as far apart as they are', () => {
    const [first, second, third] = placesInTime(['2026-01-01', '2026-01-11', '2026-01-31']) as [number, number, number];
    expect((second - first) / (third - first)).toBeCloseTo(1 / 3);
    expect(placesInTime(['2026-01-01', 'unknown'])).toEqual([0.25, 0.75]);
    expect(placesInTime(['2026-01-01'])).toEqual([0.5]);
  });

  test('nothing when the report has no longer the columns', () => {
    expect(chartData(answer, { shape: 'bar', x: 'month', y: ['cost'] }, 2)).toBeNull();
    expect(chartData(answer, { shape: 'bar', x: 'day', y: ['gone'] }, 2)).toBeNull();
  });

  test('bars of what has names lie, those of what follows one another stand', () => {
    const isSideways = (shape: string, days: (string | number | null)[], type = 'text') =>
      chartData({ ...answer, columns: [{ name: 'day', label: 'Day', type }, ...answer.columns.slice(1)], rows: days.map((day) => ({ day, cost: '1' })) }, { shape, x: 'day', y: ['cost'] }, 2)?.isSideways;
    expect([['Chain', '2026'], ['2026-01', '2026-02'], ['2026'], [1, 2]].map((days) => isSideways('bar', days))).toEqual([true, false, false, false]);
    expect(isSideways('line', ['Chain'])).toBe(false);
    expect(isSideways('bar', [null], 'date')).toBe(false);
  });

  test('of very many rows the first, and how many are left', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({ day: 2026 + index, cost: '1' }));
    const columns = [{ name: 'day', label: 'Year', type: 'integer' }, ...answer.columns.slice(1)];
    expect(chartData({ ...answer, columns, rows }, { shape: 'bar', x: 'day', y: ['cost'] }, 2)).toMatchObject({ left: 60, points: { length: 40 } });
  });
});

describe('chart: names below', () => {
  test.each([
    ['Hub', 10, ['Hub']],
    ['Thin-jam lock nut', 8, ['Thin-jam', 'lock nut']],
    ['Headset ball bearings', 9, ['Headset', 'ball bea…']],
    ['Unbreakable', 5, ['Unbre', 'akab…']],
  ])('%s in lines of %d', (text, length, lines) => expect(brokenText(text, length)).toEqual(lines));

  test('as many as stand beside each other', () => {
    const points = Array.from({ length: 20 }, (_, index) => ({ label: `2026-${index}`, at: (index + 0.5) / 20, values: [], texts: [] }));
    expect(axisLabels(points, 2000)).toHaveLength(20);
    expect(axisLabels(points, 400)).toHaveLength(7);
  });
});

describe('chart: the arrow keys read the values', () => {
  test.each<[string, number | null, number | null | undefined]>([
    ['ArrowRight', null, 0], ['ArrowRight', 3, 4], ['ArrowRight', 4, 4], ['ArrowLeft', null, 4], ['ArrowLeft', 0, 0], ['Home', 3, 0], ['End', 0, 4], ['Escape', 2, null], ['Escape', null, undefined], ['Tab', 2, undefined],
  ])('%s at %s leads to %s', (key, from, to) => expect(pointAfter(key, from, 5)).toBe(to));

  test('up and down where the bars lie', () => {
    expect([pointAfter('ArrowDown', 1, 5, true), pointAfter('ArrowUp', 1, 5, true), pointAfter('ArrowDown', 1, 5)]).toEqual([2, 0, undefined]);
  });
});

describe('figure: one number of a report', () => {
  test.each<[string, Partial<ReportAnswer>, string, unknown]>([
    ['the total', {}, 'cost', { text: '1,234.50', unit: 'USD' }],
    ['what is counted is named', {}, 'claims', { text: '5', unit: 'claims' }],
    ['the only row', { totals: null, rows: [{ cost: '7.00' }] }, 'cost', { text: '7.00', unit: 'USD' }],
    ['a percentage says so itself', { totals: null, rows: [{ rate: '2.5' }] }, 'rate', { text: '2.5 %', unit: 'rate' }],
    ['nothing sums up to nothing', { totals: null, rows: [] }, 'cost', { text: '0.00', unit: 'USD' }],
    ['many rows without a total are no figure', {}, 'rate', null],
    ['an unknown column is none', {}, 'gone', null],
  ])('%s', (_, more, column, expected) => expect(figureOf({ ...answer, ...more }, column, company)).toEqual(expected));
});
