import type { ChartDescription, ReportAnswer, ReportColumn, ReportRow, Value } from '../api/contract';
import { daysBetween } from '../format/day';
import { valueText } from '../format/value_text';
import { fieldOf } from '../report/report_field';

export interface ChartPoint {
  label: string;
  /** From 0 at the left edge to 1 at the right. */
  at: number;
  /** One for each series; null where the report has none. */
  values: (number | null)[];
  texts: string[];
}

export interface ChartData {
  isBar: boolean;
  /** Bars of things that have names lie, so that each name stands beside its bar. */
  isSideways: boolean;
  x: ReportColumn;
  series: ReportColumn[];
  points: ChartPoint[];
  /** How many rows were left out because nobody could tell them apart. */
  left: number;
}

const sidewaysMax = 15;
const barsMax = 40;
const lineMax = 400;

/** A report's rows as they are drawn: without those that sum up others. Nothing when the report lacks the columns. */
export function chartData(answer: ReportAnswer, chart: ChartDescription, companyDecimals: number): ChartData | null {
  const columnNamed = (name: string) => answer.columns.find((column) => column.name === name);
  const x = columnNamed(chart.x);
  const series = chart.y.map(columnNamed).filter((column) => column !== undefined);
  if (!x || series.length === 0) return null;
  const isBar = chart.shape === 'bar';
  const rows = detailRows(answer);
  const isSideways = isBar && x.type !== 'date' && rows.some((row) => !isPeriod(row[x.name]));
  const shown = rows.slice(0, isSideways ? sidewaysMax : isBar ? barsMax : lineMax);
  const places = isBar || x.type !== 'date' ? evenPlaces(shown.length) : placesInTime(shown.map((row) => String(row[x.name])));
  const textOf = (column: ReportColumn, row: ReportRow) => valueText(row[column.name] as Value, fieldOf(column), companyDecimals);
  return {
    isBar, isSideways, x, series, left: rows.length - shown.length,
    points: shown.map((row, index) => ({
      label: textOf(x, row), at: places[index] ?? 0, values: series.map((column) => numberOf(row[column.name])), texts: series.map((column) => textOf(column, row)),
    })),
  };
}

// "2026", "2026-03", "2026-W12", 7: what follows one another goes from left to right.
function isPeriod(value: ReportRow[string] | undefined): boolean {
  return typeof value === 'number' || /^\d{4}($|[-/ ])/.test(String(value ?? ''));
}

export function detailRows(answer: ReportAnswer): ReportRow[] {
  return answer.rows.filter((row) => !row['emphasis']);
}

// A height on the screen needs no more digits than a number has; what is read is the text.
function numberOf(value: ReportRow[string] | undefined): number | null {
  if (value === null || value === undefined || value === '' || typeof value === 'boolean') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function evenPlaces(count: number): number[] {
  return Array.from({ length: count }, (_, index) => (index + 0.5) / count);
}

/** Days stand as far apart as they are, so that a gap in the rows is a gap on the screen. */
export function placesInTime(days: string[]): number[] {
  const passed = days.map((day) => daysBetween(days[0] ?? day, day));
  const first = Math.min(...passed);
  const span = Math.max(...passed) - first;
  if (!Number.isFinite(span) || span === 0) return evenPlaces(days.length);
  const margin = 0.5 / days.length;
  return passed.map((count) => margin + ((count - first) / span) * (1 - 2 * margin));
}
