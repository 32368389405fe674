/** What one series says: a height for the drawing, and the text that is read. */
export interface ChartSeries {
  name: string;
  values: (number | null)[];
  texts: string[];
}

export interface ChartFigures {
  kind: 'bar' | 'line';
  /** Bars of what has names lie, each beside its name. */
  isSideways: boolean;
  /** What the values are of, in the order in which it is drawn. */
  categories: { title: string; names: string[] };
  /** Of a line: days that stand as far apart as they are, one for each name. */
  days?: string[];
  /** Every series has a value, or null, for each name. */
  series: ChartSeries[];
  /** What the values are counted in, where that is the same for all. */
  unit: string;
  /** There are no halves of what is counted. */
  isCounted: boolean;
}

/** A series of decimals, as text with all their digits. */
export function decimalSeries(name: string, decimals: (string | null)[], textOf: (decimal: string) => string): ChartSeries {
  return { name, values: decimals.map((decimal) => (decimal === null ? null : Number(decimal))), texts: decimals.map((decimal) => (decimal === null ? '' : textOf(decimal))) };
}

const uprightHeight = 300;
const axisHeight = 34;
const legendHeight = 30;

export function heightOf({ isSideways, categories, series }: ChartFigures): number {
  const legend = series.length > 1 ? legendHeight : 0;
  return isSideways ? categories.names.length * (12 + 11 * series.length) + axisHeight + legend : uprightHeight;
}

/** What stands above the drawing: "Profit, USD", or the unit alone where the legend names the series. */
export function valueTitle({ series, unit }: ChartFigures): string {
  return [series.length === 1 ? series[0]?.name : '', unit].filter(Boolean).join(', ');
}

/** What a point says to who hears it: "Wick: Profit 1,200.00". */
export function pointText({ categories, series }: ChartFigures, at: number): string {
  const told = series.map(({ name, texts }) => `${name} ${texts[at] || 'nothing'}`).join(', ');
  return `${categories.names[at] || 'Nothing named'}: ${told}`;
}
