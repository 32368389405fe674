/** The shapes of the HTTP contract. Decimals travel as strings, ids as numbers, days and instants as ISO 8601 text. */

export type Kind =
  | 'text' | 'integer' | 'boolean'
  | 'money' | 'quantity' | 'price' | 'rate' | 'percent'
  | 'date' | 'instant' | 'choice' | 'reference' | 'lines';

export interface Choice {
  value: string;
  label: string;
}

/** What one input needs to know: the common part of a record's field, a transition's input and a report's parameter. */
export interface InputField {
  name: string;
  label: string;
  kind: Kind;
  required?: boolean;
  read_only?: boolean;
  help?: string | null;
  default?: unknown;
  entity?: string | null;
  choices?: Choice[] | null;
  decimals?: number | null;
  multiline?: boolean;
  currency_field?: string | null;
}

export interface Field extends InputField {
  searchable?: boolean;
  sortable?: boolean;
  filterable?: boolean;
  in_list?: boolean;
}

export interface State {
  name: string;
  label: string;
  /** Whether the document's fields may still be changed in this state; absent means yes. */
  editable?: boolean;
}

export interface Transition {
  name: string;
  label: string;
  from: string[];
  to: string;
  permission?: string | null;
  permitted: boolean;
  help?: string | null;
  /** Asks before it runs; absent means that the name decides (cancel, reject, void …). */
  destructive?: boolean;
  input: InputField[];
}

export interface Workflow {
  field: string;
  states: State[];
  transitions: Transition[];
}

export type MenuGroup = 'documents' | 'master_data' | 'ledgers' | 'setup' | 'hidden';

export interface Entity {
  name: string;
  title: string;
  plural: string;
  module: string;
  path: string;
  help?: string | null;
  display: string;
  creatable: boolean;
  editable: boolean;
  deletable: boolean;
  /** Whether this user may add files to a record; absent from a server that keeps none. */
  attachable?: boolean;
  /** Files that are made of a record: GET …/<id>/files/<name>. */
  files?: { name: string; title: string; media_type: string }[];
  menu: MenuGroup;
  fields: Field[];
  workflow: Workflow | null;
}

export interface Report {
  name: string;
  title: string;
  module: string;
  /** Pages ask the ones that are not in it; absent from older servers. */
  in_menu?: boolean;
  help?: string | null;
  parameters: InputField[];
}

export interface ChartDescription {
  /** What this interface does not know is not drawn. */
  shape: string;
  x: string;
  y: string[];
}

/** Something a module shows in a named slot: on a record's page, on the start page, on a page of its own. */
export interface View {
  title: string | null;
  /** "report", "chart", "figure" or "list"; others are left out. */
  kind: string;
  report: string | null;
  entity: string | null;
  /** Text that begins with "=" is filled from the record of the page: "=id", "=supplier". */
  parameters: Record<string, string>;
  column: string | null;
  chart: ChartDescription | null;
}

export interface PanelSlot {
  name: string;
  title: string;
  entity: string;
  view: View;
}

export interface CardSlot {
  name: string;
  title: string;
  view: View;
}

/** A page stands for a report, or is drawn from its views. */
export interface Page {
  path: string;
  title: string;
  report: string | null;
  /** Absent: the first part of the path names it. */
  module?: string | null;
  views?: View[];
}

export interface Module {
  name: string;
  title: string;
  version?: string;
  needs?: string[];
}

export interface CatalogueDocument {
  title: string;
  company: { id: number; name: string; currency: string; decimals: number };
  user: { name: string; permissions: string[] };
  /** What this user may, in words. */
  permissions?: { name: string; title: string }[];
  today: string;
  modules: Module[];
  entities: Entity[];
  reports: Report[];
  pages: Page[];
  panels?: PanelSlot[];
  cards?: CardSlot[];
}

export interface Reference {
  id: number;
  label: string;
}

export type Value = string | number | boolean | null | Reference | RecordRow[];

export interface RecordRow {
  id?: number;
  version?: number;
  [field: string]: Value | undefined;
}

export interface ListAnswer {
  rows: RecordRow[];
  total?: number | null;
  limit: number;
  offset: number;
  /** From a header: of a replica that lacked the newest changes. */
  seconds_behind?: number;
  /** From a header, in milliseconds: the moment by the server's clock. */
  answered_at?: number;
}

export interface CountsAnswer {
  counts: { value: string | boolean | null; count: number }[];
  total: number;
}

export interface HistoryChange {
  field: string;
  before: Value;
  after: Value;
}

export interface HistoryEntry {
  id: number;
  at: string;
  user: string;
  command: string;
  reason?: string | null;
  changes: HistoryChange[];
}

export interface RelatedLink {
  entity: string;
  id: number;
  label: string;
  title: string;
}

export type DrillDown =
  | { report: string; parameters?: Record<string, string> }
  | { entity: string; id_column: string };

export interface ReportColumn {
  name: string;
  label: string;
  type: string;
  total?: boolean;
  hidden?: boolean;
  help?: string | null;
  drill_down?: DrillDown | null;
}

export type ReportRow = Record<string, string | number | boolean | null | Reference>;

export interface ReportAnswer {
  report: string;
  title: string;
  company?: string;
  parameters: Record<string, string | number | boolean | null | Reference>;
  columns: ReportColumn[];
  rows: ReportRow[];
  totals?: ReportRow | null;
  made_at?: string;
  /** Of what was read from a replica. */
  as_of?: string;
  seconds_behind?: number;
}

export interface ProblemDocument {
  type?: string;
  title?: string;
  status: number;
  code?: string;
  detail?: string;
  field?: string;
}

export function isReference(value: unknown): value is Reference {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'id' in value;
}
