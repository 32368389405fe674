import type { Catalogue } from '../api/catalogue';
import type { ReportAnswer, ReportColumn, Value } from '../api/contract';
import { decimalKinds, valueText } from '../format/value_text';
import { fieldOf } from '../report/report_field';

export interface FigureText {
  text: string;
  unit: string;
}

type Company = Catalogue['company'];

/** The total of a report's column, or what its only row says; null when the report gives no single figure. */
export function figureOf(answer: ReportAnswer, name: string, company: Company): FigureText | null {
  const column = answer.columns.find((candidate) => candidate.name === name);
  if (!column) return null;
  const value = answer.totals?.[name] ?? onlyValue(answer, column);
  if (value === null || value === undefined) return null;
  return { text: valueText(value as Value, fieldOf(column), company.decimals), unit: unitOf([column], company) || column.label.toLowerCase() };
}

// Nothing at all sums up to nothing.
function onlyValue({ rows }: ReportAnswer, column: ReportColumn) {
  if (rows.length === 1) return rows[0]?.[column.name];
  return rows.length === 0 && (column.type === 'integer' || decimalKinds.has(column.type)) ? '0' : null;
}

/** What amounts are counted in; a percentage says so itself, and counts and quantities differ. */
export function unitOf(columns: ReportColumn[], company: Company): string {
  return columns.every((column) => column.type === 'money' || column.type === 'price') ? company.currency : '';
}
