import { useQuery } from '@tanstack/react-query';
import { useId, type ReactNode } from 'react';
import { useSession } from '../access/session';
import { fieldNamed, labelOf, transitionsFrom, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { TransitionButtons } from '../form/transition_buttons';
import { ValueView } from '../form/value_view';
import { formatInstant } from '../format/day';
import { useFollowing } from '../live/following';
import { listAddress, newRecordAddress, recordAddress } from '../shell/addresses';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import './knowledge.css';

interface Work {
  title: string;
  entity: string;
  conditions: Record<string, string>;
  sort?: string;
  /** What the columns need beside what a list has. */
  fields?: string;
  none: string;
  columns: Column[];
  /** Of the record's transitions, those that are offered beside it. */
  ways: string[];
}

interface Column {
  label: string;
  cell: (row: RecordRow, entity: Entity) => ReactNode;
}

const named: Column = { label: 'Title', cell: (row, entity) => <Link className="plain-link" to={recordAddress(entity, row.id ?? 0)}>{labelOf(row[entity.display]) || `${entity.title} ${row.id}`}</Link> };
const ofField = (name: string, label?: string): Column => ({
  label: label ?? name,
  cell: (row, entity) => {
    const field: Field | undefined = fieldNamed(entity, name);
    return field ? <ValueView field={field} value={row[name]} /> : null;
  },
});
const assetOf: Column = { label: 'Asset', cell: (row, entity) => <ValueView field={fieldNamed(entity, 'asset')!} value={row['asset']} /> };
const byAt = (by: string, at: string): Column => ({ label: 'By', cell: (row) => <>{labelOf(row[by])}<span className="soft">, {formatInstant(labelOf(row[at]))}</span></> });
const asked: Column = { label: 'Question', cell: (row, entity) => <Link className="plain-link" to={recordAddress(entity, row.id ?? 0)}>{labelOf(row['text'])}</Link> };
const written: Column = { label: 'Looked for', cell: (row) => labelOf(row['text']) };

function workOf(me: string): Work[] {
  const kindAndOwner = [named, ofField('kind', 'Kind'), ofField('owner', 'Owner')];
  return [
    { title: 'In review', entity: 'knowledge.asset', conditions: { state: 'in_review' }, none: 'Nothing waits to be checked.', columns: kindAndOwner, ways: ['verify', 'send_back'] },
    { title: 'To be reviewed again', entity: 'knowledge.asset', conditions: { state: 'needs_review' }, sort: 'review_on', none: 'Nothing is due.', columns: [...kindAndOwner, ofField('review_on', 'Due on')], ways: ['verify', 'send_back'] },
    { title: 'Objections', entity: 'knowledge.objection', conditions: { state: 'open' }, fields: 'asset,text,objected_by,objected_at,state', none: 'Nobody objects to anything.', columns: [assetOf, ofField('text', 'What is wrong'), byAt('objected_by', 'objected_at')], ways: [] },
    { title: 'Questions that wait', entity: 'knowledge.question', conditions: { state: 'asked' }, sort: 'due_on', none: 'Nobody waits for an answer.', fields: 'text,expert,due_on,state', columns: [asked, ofField('expert', 'Asked'), ofField('due_on', 'Due on')], ways: ['answer', 'pass_on'] },
    { title: 'Drafts of mine', entity: 'knowledge.asset', conditions: { state: 'draft', author: me }, none: 'You have no drafts.', columns: [named, ofField('kind', 'Kind')], ways: ['submit'] },
    { title: 'Looked for and not found', entity: 'search.miss', conditions: { state: 'open' }, sort: '-times', none: 'Everything that was looked for was found.', columns: [written, ofField('times', 'Times'), byAt('last_by', 'last_at'), { label: '', cell: (row) => <WriteIt text={labelOf(row['text'])} /> }], ways: ['answer', 'dismiss'] },
  ];
}

/** What waits for somebody who looks after knowledge: to be checked, answered, or written at all. */
export default function ReviewPage() {
  const session = useSession();
  useFollowing('entity=knowledge.asset');
  useFollowing('entity=search.miss');
  return (
    <Page title="Knowledge to look after">
      <div className="review-work">{workOf(session?.user.name ?? '').map((work) => <Waiting key={work.title} work={work} />)}</div>
    </Page>
  );
}

function Waiting({ work }: { work: Work }) {
  const entity = useCatalogue().entity(work.entity);
  return entity ? <WaitingRecords entity={entity} work={work} /> : null;
}

const shownAtOnce = 12;

function WaitingRecords({ entity, work }: { entity: Entity; work: Work }) {
  const parameters = new URLSearchParams({ ...work.conditions, ...(work.sort ? { sort: work.sort } : {}), ...(work.fields ? { fields: work.fields } : {}), limit: String(shownAtOnce) });
  const { data, error } = useQuery(listQuery(entity, parameters));
  const name = useId();
  const total = data?.total ?? data?.rows.length ?? 0;
  const all = total > shownAtOnce && <Link className="plain-link" to={listAddress(entity, work.conditions)}>All {total}</Link>;
  return (
    <Panel title={`${work.title}${data && total > 0 ? ` (${total})` : ''}`} actions={all}>
      <ProblemAlert error={error} />
      {data?.rows.length === 0 && <p className="soft review-none">{work.none}</p>}
      {data && data.rows.length > 0 && (
        <div className="table-scroll">
          <table className="plain-table" aria-labelledby={name}>
            <caption id={name} className="hidden-text">{work.title}</caption>
            <thead><tr>{work.columns.map(({ label }, index) => (label ? <th key={index} scope="col">{label}</th> : <td key={index} />))}{work.ways.length > 0 && <td />}</tr></thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.id}>
                  {work.columns.map(({ cell }, index) => <td key={index}>{cell(row, entity)}</td>)}
                  {work.ways.length > 0 && <td className="plain-table-action"><Ways entity={entity} row={row} names={work.ways} /></td>}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Ways({ entity, row, names }: { entity: Entity; row: RecordRow; names: string[] }) {
  const transitions = transitionsFrom(entity, row[entity.workflow?.field ?? '']).filter(({ name }) => names.includes(name));
  return <TransitionButtons entity={entity} id={row.id ?? 0} transitions={transitions} what={whatOf(row, entity)} done={({ label }) => `${label}: ${whatOf(row, entity)}`} />;
}

const whatOf = (row: RecordRow, entity: Entity) => labelOf(row[entity.display]) || labelOf(row['text']);

function WriteIt({ text }: { text: string }) {
  const assets = useCatalogue().entity('knowledge.asset');
  if (!assets?.creatable) return null;
  return <Link className="plain-link" to={`${newRecordAddress(assets)}?${new URLSearchParams({ title: text })}`} aria-label={`Write it: ${text}`}>Write it</Link>;
}
