import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useAttempt } from '../access/attempt';
import { fieldNamed, useCatalogue } from '../api/catalogue';
import { apiPath, read, send } from '../api/client';
import type { RecordRow } from '../api/contract';
import { recordQuery, useRefreshAll } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { humanised } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { choicesWith, type MergePreview, type Side } from './merge_preview';
import { MergedValue } from './merged_value';
import './merging.css';

/** Two parties side by side before they become one: whose values are taken, what is re-pointed, and what stands in the way. */
export default function MergeComparison({ id, record }: { id: number; record: RecordRow }) {
  return record['state'] === 'draft' ? <Comparison id={id} record={record} /> : null;
}

function Comparison({ id, record }: { id: number; record: RecordRow }) {
  const catalogue = useCatalogue();
  const merges = catalogue.entity('crm.merge')!;
  const parties = catalogue.entity('directory.party');
  const client = useQueryClient();
  const refreshAll = useRefreshAll();
  const { isBusy, problem, attempt } = useAttempt();
  const { data, error } = useQuery({ queryKey: ['record_view', merges.name, id, 'preview'], queryFn: ({ signal }) => read<MergePreview>(apiPath(merges.path, id, 'preview'), signal) });
  const choose = (field: string, take: Side) => void attempt(async () => {
    const saved = await send<RecordRow>({ method: 'PATCH', path: apiPath(merges.path, id), body: { choices: choicesWith(record, field, take) }, version: record.version });
    client.setQueryData(recordQuery(merges, id).queryKey, saved);
    await refreshAll();
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return null;
  const nameOf = (side: Side) => {
    const { id: party, label } = side === 'kept' ? data.survivor : data.duplicate;
    return parties ? <Link className="plain-link" to={recordAddress(parties, party)}>{label}</Link> : label;
  };
  return (
    <Panel title="What merging will do" className="merge-comparison">
      <ProblemAlert error={problem} />
      {data.obstacles.map((obstacle) => <p key={obstacle} className="merge-obstacle" role="alert">{obstacle}</p>)}
      <div className="table-scroll">
        <table className="plain-table">
          <thead><tr><th scope="col">Field</th><th scope="col">Goes on: {nameOf('kept')}</th><th scope="col">Goes out of use: {nameOf('dropped')}</th></tr></thead>
          <tbody>
            {data.fields.map((one) => (
              <tr key={one.field}>
                <th scope="row">{one.label}</th>
                {(['kept', 'dropped'] as const).map((side) => (
                  <td key={side} data-taken={one.take === side ? '' : undefined}>
                    <label>
                      <input type="radio" name={`merge ${one.field}`} checked={one.take === side} disabled={isBusy || !merges.editable} onChange={() => choose(one.field, side)} />
                      <MergedValue value={one[side]} other={one[side === 'kept' ? 'dropped' : 'kept']} field={(parties && fieldNamed(parties, one.field)) ?? { name: one.field, label: one.label, kind: 'text' }} />
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data.fields.length === 0 && <p className="soft">They have the same values.</p>}
      <Records records={data.records} />
    </Panel>
  );
}

function Records({ records }: { records: MergePreview['records'] }) {
  if (records.length === 0) return <p className="soft">Nothing refers to the one that goes out of use.</p>;
  return (
    <ul className="merge-records" aria-label="What is re-pointed">
      {records.map((one) => (
        <li key={`${one.entity} ${one.field}`}>
          <b>{one.title}</b> <span className="soft">{humanised(one.field).toLowerCase()}</span>{' '}
          {one.moved > 0 && <span>{formatDecimal(String(one.moved))} re-pointed</span>}
          {one.stays > 0 && <span className="soft">{one.moved > 0 && ', '}{formatDecimal(String(one.stays))} stay as they were written</span>}
        </li>
      ))}
    </ul>
  );
}
