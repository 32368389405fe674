import type { Catalogue } from '../api/catalogue';
import type { ReportAnswer, ReportColumn, ReportRow } from '../api/contract';
import { isReference } from '../api/contract';
import { recordAddress, reportPageAddress } from '../shell/addresses';

/** Where a figure leads: to the report that explains it with its parameters filled in, or to the record behind it. */
export function drillAddress(
  catalogue: Catalogue, column: ReportColumn, row: ReportRow, parameters: ReportAnswer['parameters'],
): string | null {
  const way = column.drill_down;
  if (!way || textOf(row[column.name]) === '') return null;
  if ('entity' in way) {
    const entity = catalogue.entity(way.entity.startsWith('@') ? textOf(row[way.entity.slice(1)]) : way.entity);
    const id = Number(textOf(row[way.id_column]));
    return entity && Number.isInteger(id) && id > 0 ? recordAddress(entity, id) : null;
  }
  if (!catalogue.report(way.report)) return null;
  const filled: Record<string, string> = {};
  for (const [name, source] of Object.entries(way.parameters ?? {})) {
    const value = sourceValue(source, row, parameters);
    if (value !== '') filled[name] = value;
  }
  return reportPageAddress(catalogue, way.report, filled);
}

/** "account" is a column, ":from" a parameter of this run, "=open" the text itself. */
function sourceValue(source: string, row: ReportRow, parameters: ReportAnswer['parameters']): string {
  if (source.startsWith('=')) return source.slice(1);
  return source.startsWith(':') ? textOf(parameters[source.slice(1)]) : textOf(row[source]);
}

function textOf(value: ReportRow[string] | undefined): string {
  if (value === null || value === undefined) return '';
  return isReference(value) ? String(value.id) : String(value);
}
