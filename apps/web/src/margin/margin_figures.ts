import { decimalSeries, type ChartFigures } from '../charts/figures';
import { formatDecimal } from '../format/decimal';
import type { MarginBar } from './margin';

/** Months as a line, anything else as bars; what was known then as a second series, with a gap where nothing was. */
export function marginFigures(bars: MarginBar[], named: string, company: { currency: string; decimals: number }): ChartFigures {
  const isInTime = bars.some(({ row }) => row['from']);
  const isCompared = bars.some(({ then }) => then !== null);
  const money = (amount: string) => formatDecimal(amount, company.decimals);
  const now = decimalSeries(isCompared ? 'Now' : 'Profit', bars.map(({ profit }) => profit), money);
  return {
    kind: isInTime ? 'line' : 'bar', isSideways: !isInTime, isCounted: false, unit: isCompared ? `Profit, ${company.currency}` : company.currency,
    categories: { title: named, names: bars.map(({ name }) => name) },
    series: isCompared ? [now, decimalSeries('As known then', bars.map(({ then }) => (then?.row ? then.profit : null)), money)] : [now],
  };
}
