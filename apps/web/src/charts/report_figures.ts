import { isDay } from '../format/day';
import type { ChartData } from '../slots/chart_data';
import type { ChartFigures } from './figures';

export function reportFigures({ isBar, isSideways, x, series, points }: ChartData, unit: string): ChartFigures {
  const names = points.map(({ label }) => label);
  const isInTime = !isBar && x.type === 'date' && names.every(isDay);
  return {
    kind: isBar ? 'bar' : 'line', isSideways, unit, isCounted: series.every(({ type }) => type === 'integer'),
    categories: { title: x.label, names },
    ...(isInTime ? { days: names } : {}),
    series: series.map(({ label }, at) => ({ name: label, values: points.map(({ values }) => values[at] ?? null), texts: points.map(({ texts }) => texts[at] ?? '') })),
  };
}
