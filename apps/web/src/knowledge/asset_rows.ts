import type { ReportAnswer } from '../api/contract';
import { isReference } from '../api/contract';

export interface AssetRow {
  id: number;
  title: string;
  kind: string;
  state: string;
  /** Who has gone through it for this record. */
  preparedBy: string;
}

/** The assets that a report names, whatever it calls their columns: those that lead to an asset. */
export function assetRows(answer: ReportAnswer | undefined): AssetRow[] {
  const column = answer?.columns.find(({ drill_down }) => drill_down && 'entity' in drill_down && drill_down.entity === 'knowledge.asset');
  const drill = column?.drill_down;
  if (!answer || !column || !drill || !('entity' in drill)) return [];
  const text = (value: unknown) => (isReference(value) ? value.label : String(value ?? ''));
  return answer.rows
    .map((row) => ({ id: Number(row[drill.id_column]), title: text(row[column.name]), kind: text(row['kind']), state: text(row['state']), preparedBy: text(row['prepared_by']) }))
    .filter((row, index, all) => row.id > 0 && all.findIndex((other) => other.id === row.id) === index);
}
