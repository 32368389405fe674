import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldNamed, stateOf, useCatalogue, type Catalogue } from '../api/catalogue';
import type { Entity, Field, HistoryChange, HistoryEntry, RecordRow, Value } from '../api/contract';
import { historyQuery, recordQuery, relatedQuery } from '../api/queries';
import { formatInstant } from '../format/day';
import { humanised, valueText } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';

/** Beside a record: what happened to it, and what it is connected with. */
export function RecordSide({ entity, id }: { entity: Entity; id: number }) {
  const related = useQuery(relatedQuery(entity, id));
  const count = related.data?.links.length ?? 0;
  return (
    <aside className="record-side panel no-print" aria-label="History and related records">
      <Tabs defaultValue="history" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="history">History</Tabs.Tab>
          <Tabs.Tab value="related">Related{count > 0 ? ` (${count})` : ''}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="history"><History entity={entity} id={id} /></Tabs.Panel>
        <Tabs.Panel value="related"><Related entity={entity} id={id} /></Tabs.Panel>
      </Tabs>
    </aside>
  );
}

function History({ entity, id }: { entity: Entity; id: number }) {
  const catalogue = useCatalogue();
  const { data, error } = useQuery(historyQuery(entity, id));
  const { data: record } = useQuery(recordQuery(entity, id));
  const lineNumbers = lineNumbersOf(entity, record);
  if (error) return <ProblemAlert error={error} />;
  if (data?.entries.length === 0) return <p className="soft side-empty">Nothing is recorded about it.</p>;
  return (
    <ol className="history">
      {data?.entries.map((entry) => (
        <li key={entry.id}>
          <div className="history-head">
            <b>{commandLabel(catalogue, entity, entry)}</b>
            <time dateTime={entry.at} title={entry.at}>{formatInstant(entry.at)}</time>
          </div>
          <div className="soft">{entry.user}</div>
          {entry.reason && <div>{entry.reason}</div>}
          {entry.changes.length > 0 && <EntryChanges entity={entity} entry={entry} lineNumbers={lineNumbers} />}
        </li>
      ))}
    </ol>
  );
}

// What a new record began with is seldom asked for and long: it is folded.
function EntryChanges({ entity, entry, lineNumbers }: { entity: Entity; entry: HistoryEntry; lineNumbers: Map<number, number> }) {
  const changesOf = (changes: HistoryChange[]) => <Changes entity={entity} changes={changes} lineNumbers={lineNumbers} />;
  const isFirst = (change: HistoryChange) => change.before === null || change.before === undefined;
  const begun = entry.changes.filter(isFirst);
  if (begun.length <= 4) return changesOf(entry.changes);
  const moved = entry.changes.filter((change) => !isFirst(change) && !change.field.startsWith('line '));
  return (
    <>
      {moved.length > 0 && changesOf(moved)}
      <details><summary className="soft">What it began with</summary>{changesOf(begun)}</details>
    </>
  );
}

function lineNumbersOf(entity: Entity, record: RecordRow | undefined): Map<number, number> {
  const numbers = new Map<number, number>();
  for (const field of entity.fields.filter((candidate) => candidate.kind === 'lines')) {
    const rows = record?.[field.name];
    if (Array.isArray(rows)) rows.forEach((row, index) => numbers.set(row.id ?? 0, index + 1));
  }
  return numbers;
}

function Changes({ entity, changes, lineNumbers }: { entity: Entity; changes: HistoryChange[]; lineNumbers: Map<number, number> }) {
  const catalogue = useCatalogue();
  const told = changes.map((change) => toldChange(catalogue, entity, change, lineNumbers)).filter((change) => change !== null);
  const shown = told.slice(0, 12);
  return (
    <ul className="history-changes">
      {shown.map((change, index) => (
        <li key={index}>
          <span className="soft">{change.label}:</span>{' '}
          {change.before !== null && <>{change.before || <span className="soft">empty</span>} → </>}
          {change.after || <span className="soft">empty</span>}
        </li>
      ))}
      {told.length > shown.length && <li className="soft">and {told.length - shown.length} more</li>}
    </ul>
  );
}

function toldChange(catalogue: Catalogue, entity: Entity, change: HistoryChange, lineNumbers: Map<number, number>) {
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
function commandLabel(catalogue: Catalogue, entity: Entity, entry: HistoryEntry): string {
  const parts = entry.command.split('.');
  const name = parts.pop() ?? entry.command;
  const other = catalogue.entity(parts.join('.'));
  const owner = other ?? entity;
  const label = owner.workflow?.transitions.find((candidate) => candidate.name === name)?.label ?? humanised(name);
  return owner === entity ? label : `${owner.title}: ${label.toLowerCase()}`;
}

function Related({ entity, id }: { entity: Entity; id: number }) {
  const catalogue = useCatalogue();
  const { data, error } = useQuery(relatedQuery(entity, id));
  if (error) return <ProblemAlert error={error} />;
  if (data?.links.length === 0) return <p className="soft side-empty">Nothing refers to this record yet.</p>;
  return (
    <ul className="related">
      {data?.links.map((link) => {
        const target = catalogue.entity(link.entity);
        return (
          <li key={`${link.entity} ${link.id}`}>
            <span className="soft">{link.title}</span>
            {target ? <Link className="plain-link" to={recordAddress(target, link.id)}>{link.label}</Link> : <span>{link.label}</span>}
          </li>
        );
      })}
    </ul>
  );
}
