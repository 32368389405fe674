import { describe, expect, test } from 'vitest';
import type { ReportAnswer, ReportRow } from '../api/contract';
import { marginBars } from './margin';
import { marginFigures } from './margin_figures';

const answer = (rows: ReportRow[]): ReportAnswer => ({ report: 'sales.margin', title: 'Margin', parameters: {}, columns: [], rows });
const product = (id: number, name: string, profit: string): ReportRow => ({ id, entity: 'catalog.product', name, profit, margin: '40' });

describe('margin', () => {
  test('the most that was earned comes first, compared digit by digit', () => {
    const bars = marginBars(answer([product(1, 'Wick', '9.00'), product(2, 'Lantern', '10000000000000000.02'), product(3, 'Oil', '-5.00')]), null);
    expect(bars.map(({ name, then, restated }) => [name, then, restated])).toEqual([['Lantern', null, null], ['Wick', null, null], ['Oil', null, null]]);
  });

  test('months follow each other', () => {
    const month = (name: string, from: string, profit: string): ReportRow => ({ name, from, profit });
    expect(marginBars(answer([month('February', '2026-02-01', '9'), month('January', '2026-01-01', '5')]), null).map(({ name }) => name)).toEqual(['January', 'February']);
  });

  test('what was known then stands beside what is known now, with what has changed it since', () => {
    const bars = marginBars(answer([product(1, 'Wick', '9.00'), product(2, 'Lantern', '7.50')]), answer([product(2, 'Lantern', '8.25'), product(3, 'Oil', '1.00')]));
    expect(bars.map(({ name, profit, then, restated }) => [name, profit, then?.profit, restated])).toEqual([
      ['Wick', '9.00', '0', '9.00'], ['Lantern', '7.50', '8.25', '-0.75'], ['Oil', '0', '1.00', '-1.00'],
    ]);
  });

  test('products are drawn as lying bars, months as a line, and what was not known then is a gap', () => {
    const company = { currency: 'USD', decimals: 2 };
    const drawn = marginFigures(marginBars(answer([product(1, 'Wick', '1009')]), null), 'Product', company);
    expect(drawn).toMatchObject({ kind: 'bar', isSideways: true, unit: 'USD', series: [{ name: 'Profit', values: [1009], texts: ['1,009.00'] }] });
    const months = marginBars(answer([{ name: '2026-01', from: '2026-01-01', profit: '5' }, { name: '2026-02', from: '2026-02-01', profit: '9' }]), answer([{ name: '2026-01', from: '2026-01-01', profit: '4.5' }]));
    expect(marginFigures(months, 'Month', company)).toMatchObject({
      kind: 'line', isSideways: false, unit: 'Profit, USD', categories: { names: ['2026-01', '2026-02'] },
      series: [{ name: 'Now', texts: ['5.00', '9.00'] }, { name: 'As known then', values: [4.5, null], texts: ['4.50', ''] }],
    });
  });
});
