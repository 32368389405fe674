import type { Catalogue } from '../api/catalogue';
import { fieldNamed } from '../api/catalogue';
import type { Entity, RecordRow, Report, Value, View } from '../api/contract';
import { isReference } from '../api/contract';
import { addressQuery, listStateFrom, type ListState } from '../list/list_state';
import { reportPageAddress } from '../shell/addresses';

interface Source {
  view: View;
  /** Where all of it is to be seen. */
  address: string;
  /** A field of the record that it depends on is empty: there is nothing to ask for. */
  isBlank: boolean;
}

export interface ReportSource extends Source {
  kind: 'report' | 'chart' | 'figure';
  report: Report;
  parameters: URLSearchParams;
}

export interface ListSource extends Source {
  kind: 'list';
  entity: Entity;
  state: ListState;
}

export type ViewSource = ReportSource | ListSource;

const ofReports: ReadonlySet<string> = new Set(['report', 'chart', 'figure']);

/** What a view asks for; nothing when it is of an unknown kind, of what this user does not see, or of a record where there is none. */
export function viewSource(catalogue: Catalogue, view: View, record: RecordRow | null = null): ViewSource | null {
  if (!record && dependsOnRecord(view)) return null;
  const given = filledParameters(view.parameters, record);
  return view.kind === 'list' ? listSource(catalogue, view, given) : reportSource(catalogue, view, given);
}

function reportSource(catalogue: Catalogue, view: View, given: Record<string, string> | null): ReportSource | null {
  const report = catalogue.report(view.report ?? '');
  if (!report || !ofReports.has(view.kind) || !knowsShape(view)) return null;
  const parameters = given ?? {};
  return {
    kind: view.kind as ReportSource['kind'], view, report, isBlank: given === null,
    parameters: new URLSearchParams(parameters), address: reportPageAddress(catalogue, report.name, parameters),
  };
}

// A field that is not shown to this user cannot narrow what they see: the list is left out rather than shown whole.
function listSource(catalogue: Catalogue, view: View, given: Record<string, string> | null): ListSource | null {
  const entity = catalogue.entity(view.entity);
  if (!entity || !Object.keys(view.parameters).every((name) => fieldNamed(entity, name.split('.')[0] ?? ''))) return null;
  const state = listStateFrom(`?${new URLSearchParams(given ?? {})}`, entity);
  return { kind: 'list', view, entity, isBlank: given === null, state, address: `/${entity.path}${addressQuery(state)}` };
}

function knowsShape({ kind, column, chart }: View): boolean {
  if (kind === 'figure') return column !== null;
  return kind !== 'chart' || (chart !== null && ['bar', 'line'].includes(chart.shape) && chart.y.length > 0);
}

function dependsOnRecord(view: View): boolean {
  return Object.values(view.parameters).some((text) => text.startsWith('='));
}

/** The parameters with what the record holds; null when a field that one of them is filled from is empty. */
export function filledParameters(parameters: Record<string, string>, record: RecordRow | null): Record<string, string> | null {
  const filled = Object.entries(parameters).map(([name, text]) => [name, text.startsWith('=') ? textOf(record?.[text.slice(1)]) : text] as const);
  return filled.some(([, text]) => text === null) ? null : Object.fromEntries(filled as [string, string][]);
}

function textOf(value: Value | undefined): string | null {
  if (value === null || value === undefined || value === '' || Array.isArray(value)) return null;
  return isReference(value) ? String(value.id) : String(value);
}
