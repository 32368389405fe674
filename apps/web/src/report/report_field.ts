import type { InputField, Kind, ReportColumn } from '../api/contract';

/** A report's column as a field, so that its values read as everywhere else. */
export function fieldOf(column: ReportColumn): InputField {
  return { name: column.name, label: column.label, kind: column.type as Kind };
}
