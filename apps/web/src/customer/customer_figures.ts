import { labelOf } from '../api/catalogue';
import type { RecordRow, ReportAnswer } from '../api/contract';
import { sumDecimals } from '../format/decimal';

export interface Owed {
  open: string;
  overdue: string;
}

/** What a customer owes, and how much of it is late, from the report of receivable items; both in the currency of the books. */
export function owedBy(answer: ReportAnswer): Owed {
  const amountsOf = (rows: ReportAnswer['rows']) => sumDecimals(rows.map((row) => String(row['open_in_books'] ?? '0')));
  return { open: amountsOf(answer.rows), overdue: amountsOf(answer.rows.filter((row) => Number(row['days_overdue'] ?? 0) > 0)) };
}

export interface OnOrder {
  amount: string;
  /** Orders in other currencies, which are not in the amount. */
  others: number;
}

/** What is confirmed and not yet invoiced, in the company's currency. */
export function onOrder(orders: RecordRow[], currency: string): OnOrder {
  const own = orders.filter((order) => ['', currency].includes(labelOf(order['currency'])));
  return { amount: sumDecimals(own.map((order) => String(order['unbilled'] ?? '0'))), others: orders.length - own.length };
}

/** Owed and on order together, against the limit: what is still free, negative when it is exceeded. */
export function creditLeft(limit: string, owed: string, ordered: string): string {
  return sumDecimals([limit, negated(owed), negated(ordered)]);
}

function negated(amount: string): string {
  return amount.startsWith('-') ? amount.slice(1) : `-${amount}`;
}
