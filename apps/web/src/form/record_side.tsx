import { Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { fieldNamed, stateOf, useCatalogue } from '../api/catalogue';
import type { Entity, HistoryChange, HistoryEntry, Value } from '../api/contract';
import { historyQuery, relatedQuery } from '../api/queries';
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
  const { data, error } = useQuery(historyQuery(entity, id));
  if (error) return <ProblemAlert error={error} />;
  if (data?.entries.length === 0) return <p className="soft side-empty">Nothing is recorded about it.</p>;
  return (
    <ol className="history">
      {data?.entries.map((entry) => (
        <li key={entry.id}>
          <div className="history-head">
            <b>{commandLabel(entity, entry)}</b>
            <time dateTime={entry.at} title={entry.at}>{formatInstant(entry.at)}</time>
          </div>
          <div className="soft">{entry.user}</div>
          {entry.reason && <div>{entry.reason}</div>}
          {entry.changes.length > 0 && <Changes entity={entity} changes={entry.changes} />}
        </li>
      ))}
    </ol>
  );
}

function Changes({ entity, changes }: { entity: Entity; changes: HistoryChange[] }) {
  const shown = changes.slice(0, 12);
  return (
    <ul className="history-changes">
      {shown.map((change, index) => (
        <li key={index}>
          <span className="soft">{fieldNamed(entity, change.field)?.label ?? humanised(change.field)}:</span>{' '}
          {change.before !== null && change.before !== undefined && <><ChangedValue entity={entity} field={change.field} value={change.before} /> → </>}
          <ChangedValue entity={entity} field={change.field} value={change.after} />
        </li>
      ))}
      {changes.length > shown.length && <li className="soft">and {changes.length - shown.length} more</li>}
    </ul>
  );
}

function ChangedValue({ entity, field: name, value }: { entity: Entity; field: string; value: Value }) {
  const { company } = useCatalogue();
  const field = fieldNamed(entity, name);
  const text = name === entity.workflow?.field
    ? stateOf(entity, value)?.label ?? String(value)
    : valueText(value, field ?? { kind: 'text', decimals: null, choices: null }, company.decimals);
  return text ? <span>{text}</span> : <span className="soft">empty</span>;
}

function commandLabel(entity: Entity, entry: HistoryEntry): string {
  const name = entry.command.split('.').at(-1) ?? entry.command;
  const transition = entity.workflow?.transitions.find((candidate) => candidate.name === name);
  return transition?.label ?? humanised(name);
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
