import { fieldNamed, stateOf, type Catalogue } from '../api/catalogue';
import type { Entity, Field, HistoryChange, Value } from '../api/contract';
import { humanised, valueText } from '../format/value_text';

/** One change as it reads; nothing where only programs need it. */
export function toldChange(catalogue: Catalogue, entity: Entity, change: HistoryChange, lineNumbers: Map<number, number>) {
  const [, id, ofLine] = /^line (\d+): (.+)$/.exec(change.field) ?? [];
  const name = ofLine ?? change.field;
  const field = ofLine ? lineField(catalogue, entity, name) : fieldNamed(entity, name);
  if (ofLine === 'document' || (!ofLine && !field)) return null;
  const number = lineNumbers.get(Number(id));
  const label = (ofLine ? `Line ${number ?? `#${id}`}, ` : '') + (field ? (ofLine ? field.label.toLowerCase() : field.label) : humanised(name));
  const text = (value: Value) => changeText(entity, name, value, field, catalogue.company.decimals);
  const isNew = change.before === null || change.before === undefined;
  return { label, before: isNew ? null : text(change.before), after: text(change.after) };
}

function lineField(catalogue: Catalogue, entity: Entity, name: string): Field | undefined {
  const lines = entity.fields.filter((field) => field.kind === 'lines').map((field) => catalogue.entity(field.entity));
  return lines.flatMap((line) => (line ? [fieldNamed(line, name)] : [])).find((field) => field !== undefined);
}

function changeText(entity: Entity, name: string, value: Value, field: Field | undefined, decimals: number): string {
  if (name === entity.workflow?.field) return stateOf(entity, value)?.label ?? String(value);
  if (field?.kind === 'boolean' && typeof value === 'string') return value === 'true' ? 'Yes' : 'No';
  return valueText(value, field ?? { kind: 'text', decimals: null, choices: null }, decimals);
}

/** "Approve", or "Goods receipt: Post" where another document's command changed this one. */
export function commandLabel(catalogue: Catalogue, entity: Entity | undefined, command: string): string {
  const parts = command.split('.');
  const name = parts.pop() ?? command;
  const other = catalogue.entity(parts.join('.'));
  const owner = other ?? entity;
  const label = owner?.workflow?.transitions.find((candidate) => candidate.name === name)?.label ?? humanised(name);
  return owner === entity || !owner ? label : `${owner.title}: ${label.toLowerCase()}`;
}
