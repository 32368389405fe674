import type { ReportAnswer, ReportRow } from '../api/contract';
import { compareDecimals, sumDecimals } from '../format/decimal';

/** What one line of the margin earned, as it is now and, where that was asked for, as it was known then. */
export interface MarginBar {
  name: string;
  row: ReportRow;
  profit: string;
  margin: string;
  then: { row: ReportRow | null; profit: string } | null;
  /** What late cost has changed since then. */
  restated: string | null;
}

export const shownMax = 40;

/** Months as they follow each other, anything else by what it earned. What was known then and is gone now stands with nothing. */
export function marginBars(now: ReportAnswer, then: ReportAnswer | null): MarginBar[] {
  const before = new Map((then?.rows ?? []).map((row) => [keyOf(row), row]));
  const lines = now.rows.map((row) => bar(row, row, then ? before.get(keyOf(row)) ?? null : undefined));
  const known = new Set(now.rows.map(keyOf));
  const gone = [...before.values()].filter((row) => !known.has(keyOf(row))).map((row) => bar(row, null, row));
  const bars = [...lines, ...gone];
  if (bars.some(({ row }) => row['from'])) return bars.sort((left, right) => String(left.row['from']).localeCompare(String(right.row['from'])));
  return bars.sort((left, right) => compareDecimals(right.profit, left.profit));
}

function bar(row: ReportRow, now: ReportRow | null, then: ReportRow | null | undefined): MarginBar {
  const profit = text(now, 'profit');
  const before = text(then ?? null, 'profit');
  return {
    name: String(row['name'] ?? '') || 'Nothing named', row, profit, margin: text(now, 'margin', ''),
    then: then === undefined ? null : { row: then, profit: before },
    restated: then === undefined ? null : sumDecimals([profit, negated(before)]),
  };
}

function keyOf(row: ReportRow): string {
  return ['entity', 'id', 'from', 'name'].map((name) => String(row[name] ?? '')).join(' ');
}

function text(row: ReportRow | null, name: string, otherwise = '0'): string {
  const value = row?.[name];
  return value === null || value === undefined ? otherwise : String(value);
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
