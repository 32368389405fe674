import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Entity, HistoryChange, HistoryEntry, RecordRow } from '../api/contract';
import { historyQuery, recordQuery, relatedQuery } from '../api/queries';
import { formatInstant } from '../format/day';
import { recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { HistoryChanges } from './history_changes';
import { commandLabel, ownedNames, toldChange, type PartNames } from './told_change';

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
  const names = { lines: lineNumbersOf(entity, record), owned: ownedNames(data?.entries ?? []) };
  if (error) return <ProblemAlert error={error} />;
  if (data?.entries.length === 0) return <p className="soft side-empty">Nothing is recorded about it.</p>;
  return (
    <ol className="history">
      {data?.entries.map((entry) => (
        <li key={entry.id}>
          <div className="history-head">
            <b>{commandLabel(catalogue, entity, entry.command)}</b>
            <time dateTime={entry.at} title={entry.at}>{formatInstant(entry.at)}</time>
          </div>
          <div className="soft">{entry.user}</div>
          {entry.reason && <div>{entry.reason}</div>}
          {entry.changes.length > 0 && <EntryChanges entity={entity} entry={entry} names={names} />}
        </li>
      ))}
    </ol>
  );
}

// What a new record began with is seldom asked for and long: it is folded.
function EntryChanges({ entity, entry, names }: { entity: Entity; entry: HistoryEntry; names: PartNames }) {
  const catalogue = useCatalogue();
  const changesOf = (changes: HistoryChange[]) => <HistoryChanges entity={entity} changes={changes} names={names} />;
  const isFirst = (change: HistoryChange) => change.before === null || change.before === undefined;
  const told = entry.changes.filter((change) => toldChange(catalogue, entity, change, names) !== null);
  const begun = told.filter(isFirst);
  if (begun.length <= 4) return changesOf(told);
  const moved = told.filter((change) => !isFirst(change) && !change.field.startsWith('line '));
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
