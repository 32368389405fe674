import { describe, expect, test } from 'vitest';
import { formatDecimal } from '../format/decimal';
import { chartOption } from './chart_option';
import { decimalSeries, heightOf, pointText, valueTitle, type ChartFigures } from './figures';
import { reportFigures } from './report_figures';

const profit: ChartFigures = {
  kind: 'bar', isSideways: true, isCounted: false, unit: 'USD', categories: { title: 'Product', names: ['Wick', ''] },
  series: [decimalSeries('Profit', ['1200.50', null], (text) => `${text} exactly`)],
};
const optionOf = (figures: ChartFigures, isStill = false) => chartOption(figures, { title: 'Profit', width: 800, isStill, markOf: (decimal) => formatDecimal(decimal), readingOf: () => null as unknown as HTMLElement }) as Record<string, any>;

describe('large chart: what is read', () => {
  test('a decimal keeps its digits beside the height that is drawn of it', () => {
    const { values, texts } = decimalSeries('Profit', ['10000000000000000.02', null], (text) => text);
    expect([values, texts]).toEqual([[1e16, null], ['10000000000000000.02', '']]);
  });

  test('a point says its name, its series and its values, or that there are none', () => {
    expect(pointText(profit, 0)).toBe('Wick: Profit 1200.50 exactly');
    expect(pointText(profit, 1)).toBe('Nothing named: Profit nothing');
  });

  test('one series is named above the drawing, several by the legend', () => {
    const two = { ...profit, series: [...profit.series, ...profit.series] };
    expect([valueTitle(profit), valueTitle(two), valueTitle({ ...two, unit: '' })]).toEqual(['Profit, USD', 'USD', '']);
    expect([optionOf(profit)['legend'].show, optionOf(two)['legend'].show]).toEqual([false, true]);
  });
});

describe('large chart: how it is drawn', () => {
  test('lying bars have their names at the side, from the top, and stand as high as there are names', () => {
    const option = optionOf(profit);
    expect([option['yAxis'].type, option['yAxis'].inverse, option['xAxis'].type]).toEqual(['category', true, 'value']);
    expect(heightOf({ ...profit, categories: { title: '', names: Array(20).fill('a') } })).toBeGreaterThan(heightOf(profit));
  });

  test('marks are round and read as decimals do', () => {
    const { xAxis } = optionOf(profit);
    expect([xAxis.min, xAxis.max, xAxis.interval, xAxis.axisLabel.formatter(1000)]).toEqual([0, 1500, 500, '1,000']);
  });

  test('what is counted has no halves', () => {
    const claims = { ...profit, isCounted: true, series: [{ name: 'Claims', values: [1, 0], texts: ['1', '0'] }] };
    expect(optionOf(claims)['xAxis'].interval).toBe(1);
  });

  test('colours are those of the page, and nothing moves for who wants that', () => {
    expect(optionOf(profit)['series'][0].itemStyle.color).toBe('var(--series-1)');
    expect([optionOf(profit, true)['animation'], optionOf(profit)['animation']]).toEqual([false, true]);
  });

  test('a value that is missing is a gap', () => {
    expect(optionOf({ ...profit, kind: 'line', isSideways: false })['series'][0]).toMatchObject({ type: 'line', data: [1200.5, '-'], connectNulls: false });
  });

  test('lines over days stand in time, bars and lines over names do not', () => {
    const column = (name: string, type: string) => ({ name, label: name, type });
    const points = [{ label: '2026-01-01', at: 0, values: [1], texts: ['1'] }, { label: '2026-01-11', at: 1, values: [2], texts: ['2'] }];
    const figures = (isBar: boolean, type: string) => reportFigures({ isBar, isSideways: false, x: column('day', type), series: [column('claims', 'integer')], points, left: 0 }, '');
    expect([figures(false, 'date').days, figures(true, 'date').days, figures(false, 'text').days]).toEqual([['2026-01-01', '2026-01-11'], undefined, undefined]);
    expect(optionOf(figures(false, 'date'))).toMatchObject({ xAxis: { type: 'time' }, series: [{ data: [['2026-01-01', 1], ['2026-01-11', 2]] }] });
    expect(figures(false, 'text').isCounted).toBe(true);
  });
});
