import type { ReportAnswer, ReportRow } from '../api/contract';

/** A report whose columns are not summed up may answer with totals in which there is nothing. */
export function hasTotals(answer: ReportAnswer): answer is ReportAnswer & { totals: ReportRow } {
  return Object.keys(answer.totals ?? {}).length > 0;
}
