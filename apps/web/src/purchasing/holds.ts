import type { Catalogue } from '../api/catalogue';
import type { Entity, ReportAnswer, ReportColumn, ReportRow, Transition } from '../api/contract';
import { isReference } from '../api/contract';
import { compareDecimals, formatDecimal, sumDecimals } from '../format/decimal';
import { humanised } from '../format/value_text';
import { drillAddress } from '../report/drill_down';

/** A reason why payment is stopped, read from a row of the holds report. */
export interface Hold {
  id: number | null;
  reason: string;
  amount: string;
  currency: string;
  since: string;
  clearsWhen: string;
  owner: string;
  facts: { label: string; text: string; address: string | null }[];
}

export interface HoldColumn {
  reason: string;
  label: string;
  holds: Hold[];
  amounts: Amount[];
}

export interface Amount {
  amount: string;
  currency: string;
}

const ownPlaces: ReadonlySet<string> = new Set([
  'id', 'hold', 'hold_id', 'reason', 'amount', 'currency', 'since', 'clears_when', 'owner', 'state',
]);

export function holdsFrom(answer: ReportAnswer, catalogue: Catalogue): Hold[] {
  const factColumns = answer.columns.filter((column) => !column.hidden && !ownPlaces.has(column.name));
  return answer.rows.map((row) => {
    const id = Number(row['id'] ?? row['hold_id'] ?? 0);
    return {
      id: id > 0 ? id : null,
      reason: text(row['reason']) || 'unknown',
      amount: text(row['amount']) || '0',
      currency: text(row['currency']) || catalogue.company.currency,
      since: text(row['since']).slice(0, 10),
      clearsWhen: text(row['clears_when']),
      owner: text(row['owner']),
      facts: factColumns.map((column) => factOf(column, row, answer, catalogue)).filter((fact) => fact.text !== ''),
    };
  });
}

function factOf(column: ReportColumn, row: ReportRow, answer: ReportAnswer, catalogue: Catalogue) {
  return { label: column.label, text: text(row[column.name]), address: drillAddress(catalogue, column, row, answer.parameters) };
}

function text(value: ReportRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return isReference(value) ? value.label : String(value);
}

/** One column for each reason, the one with most money at stake first; within it the oldest hold first. */
export function holdColumns(holds: Hold[]): HoldColumn[] {
  const reasons = [...new Set(holds.map((hold) => hold.reason))];
  const columns = reasons.map((reason) => {
    const own = holds.filter((hold) => hold.reason === reason).sort((a, b) => a.since.localeCompare(b.since));
    return { reason, label: humanised(reason), holds: own, amounts: amountsOf(own) };
  });
  return columns.sort((a, b) => compareDecimals(b.amounts[0]?.amount ?? '0', a.amounts[0]?.amount ?? '0'));
}

/** What is at stake, one sum for each currency: dollars and euros are not added. */
export function amountsOf(holds: Hold[]): Amount[] {
  const currencies = [...new Set(holds.map((hold) => hold.currency))];
  return currencies
    .map((currency) => ({ currency, amount: sumDecimals(holds.filter((hold) => hold.currency === currency).map((hold) => hold.amount)) }))
    .sort((a, b) => compareDecimals(b.amount, a.amount));
}

export function amountsText(amounts: Amount[], decimals: number, showsCurrency: boolean): string {
  const isMixed = amounts.length > 1;
  return amounts
    .map(({ amount, currency }) => formatDecimal(amount, decimals) + (isMixed || showsCurrency ? ` ${currency}` : ''))
    .join(' + ');
}

export interface Release {
  entity: Entity;
  transition: Transition;
}

/** How a hold is released, if this server and this user can. */
export function releaseOf(catalogue: Catalogue): Release | null {
  const entity = catalogue.entity('purchasing.match_hold');
  const transition = entity?.workflow?.transitions.find((candidate) => candidate.name === 'release');
  return entity && transition?.permitted ? { entity, transition } : null;
}
