import { fieldNamed, stateOf, type Catalogue } from '../api/catalogue';
import type { Entity, Field, HistoryChange, HistoryEntry, Value } from '../api/contract';
import { humanised, valueText } from '../format/value_text';

/** What parts of a record are called in its history: its lines by their number, what belongs to it ("attachment 7") by its name. */
export interface PartNames {
  lines: Map<number, number>;
  owned: Map<string, string>;
}

const ofPart = /^(.+ \d+): (.+)$/;
const namingFields: ReadonlySet<string> = new Set(['name', 'subject']);

/** Of entries, the names of what belongs to their record: each was told once, when it was added. */
export function ownedNames(entries: HistoryEntry[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { field, after } of entries.flatMap((entry) => entry.changes)) {
    const [, part, name] = ofPart.exec(field) ?? [];
    if (part && name && namingFields.has(name) && after) names.set(part, String(after));
  }
  return names;
}

/** One change as it reads; nothing where only programs need it. */
export function toldChange(catalogue: Catalogue, entity: Entity, change: HistoryChange, { lines, owned }: PartNames) {
  const [, part, ofOwned] = ofPart.exec(change.field) ?? [];
  if (part && ofOwned && !part.startsWith('line ')) return toldOfOwned(change, part, ofOwned, owned);
  const [, id, ofLine] = /^line (\d+): (.+)$/.exec(change.field) ?? [];
  const name = ofLine ?? change.field;
  const field = ofLine ? lineField(catalogue, entity, name) : fieldNamed(entity, name);
  if (ofLine === 'document' || (!ofLine && !field)) return null;
  const number = lines.get(Number(id));
  const label = (ofLine ? `Line ${number ?? `#${id}`}, ` : '') + (field ? (ofLine ? field.label.toLowerCase() : field.label) : humanised(name));
  const text = (value: Value) => changeText(entity, name, value, field, catalogue.company.decimals);
  const isNew = change.before === null || change.before === undefined;
  return { label, before: isNew ? null : text(change.before), after: text(change.after) };
}

// Of an attachment or a letter: what it is called when it comes, and what becomes of it.
function toldOfOwned({ before, after }: HistoryChange, part: string, name: string, owned: Map<string, string>) {
  const isNew = before === null || before === undefined;
  if (isNew && namingFields.has(name)) return { label: humanised(part.replace(/ \d+$/, '')), before: null, after: String(after) };
  if (!isNew && name === 'state') return { label: owned.get(part) ?? humanised(part), before: humanised(String(before)), after: humanised(String(after)) };
  return null;
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
