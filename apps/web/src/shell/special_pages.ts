import { lazy, type ComponentType } from 'react';
import type { Report, ReportAnswer } from '../api/contract';
import { sumDecimals } from '../format/decimal';

/** A part of one entity's record page, below its fields. */
export interface RecordSection {
  title: string;
  component: ComponentType<{ id: number }>;
}

export interface SpecialReport {
  page: ComponentType<{ report: Report }>;
  tile: ComponentType<{ report: Report }>;
}

export interface KeyFigure {
  label: string;
  report: string;
  valueOf: (answer: ReportAnswer) => string;
}

/** The only places where the interface knows a module by name; everything else follows from the catalogue. */
export const recordSections: Record<string, RecordSection[]> = {
  'purchasing.order': [{ title: 'Match', component: lazy(() => import('../purchasing/order_match')) }],
  'financials.journal_entry': [{ title: 'Lines', component: lazy(() => import('../financials/entry_lines')) }],
};

export const specialReports: Record<string, SpecialReport> = {
  'purchasing.holds': {
    page: lazy(() => import('../purchasing/holds_board')),
    tile: lazy(() => import('../purchasing/holds_tile')),
  },
};

const totalOf = (...columns: string[]) => (answer: ReportAnswer) => sumDecimals(columns.map((column) => String(answer.totals?.[column] ?? '0')));

/** What the start page shows first, from reports as they are with their usual parameters. */
export const keyFigures: KeyFigure[] = [
  { label: 'Result of the year', report: 'financials.income_statement', valueOf: (answer) => String(answer.rows.at(-1)?.['amount'] ?? '0') },
  { label: 'Owed to suppliers', report: 'financials.payables_ageing', valueOf: totalOf('total') },
  { label: 'Of it overdue', report: 'financials.payables_ageing', valueOf: totalOf('days_1_to_30', 'days_31_to_60', 'days_61_to_90', 'days_over_90') },
  { label: 'Stock', report: 'inventory.valuation', valueOf: totalOf('value') },
];
