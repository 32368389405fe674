import { useQuery } from '@tanstack/react-query';
import { labelOf, openStates, useCatalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { listQuery } from '../api/queries';
import { ValueView } from '../form/value_view';
import { formatDecimal } from '../format/decimal';
import { useFollowing } from '../live/following';
import { proposedColumns } from '../list/list_state';
import { listAddress, recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';

const shownMax = 8;
const columnsMax = 5;

interface OpenRecordsProps {
  entity: Entity;
  /** The field of the records that names the party. */
  by: string;
  party: number;
}

/** The documents of a party that are still under way, newest first. */
export function OpenRecords({ entity, by, party }: OpenRecordsProps) {
  const states = openStates(entity).map((state) => state.name).join(',');
  const fields = columnsOf(entity, by);
  const narrowing = { [by]: String(party), [`${entity.workflow?.field}.in`]: states };
  const names = [...new Set([...fields.map((field) => field.name), entity.display, entity.workflow?.field ?? ''])].filter(Boolean);
  const { data, error } = useQuery(listQuery(entity, new URLSearchParams({ ...narrowing, sort: '-id', limit: String(shownMax), fields: names.join(',') })));
  useFollowing(`entity=${entity.name}`);
  const { company } = useCatalogue();
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <span className="soft">…</span>;
  if (data.rows.length === 0) return <span className="soft">None is open.</span>;
  return (
    <>
      <div className="table-scroll">
        <table className="plain-table">
          <thead><tr>{fields.map((field) => <th key={field.name} scope="col" data-end={isAmount(field) ? '' : undefined}>{field.label}</th>)}</tr></thead>
          <tbody>
            {data.rows.map((row) => (
              <tr key={row.id}>
                {fields.map((field) => (
                  <td key={field.name} data-end={isAmount(field) ? '' : undefined}>
                    {field.name === entity.display && <Link className="plain-link" to={recordAddress(entity, row.id ?? 0)}>{labelOf(row[field.name]) || `#${row.id}`}</Link>}
                    {field.name === entity.workflow?.field && <StateBadge entity={entity} state={String(row[field.name])} />}
                    {field.name !== entity.display && field.name !== entity.workflow?.field && <ValueView value={row[field.name]} field={field.kind === 'money' ? { ...field, decimals: field.decimals ?? company.decimals } : field} />}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="open-foot"><Link className="plain-link" to={listAddress(entity, narrowing)}>All {formatDecimal(String(data.total ?? data.rows.length))} as a list</Link></p>
    </>
  );
}

function isAmount(field: Field): boolean {
  return ['money', 'quantity', 'percent', 'integer'].includes(field.kind);
}

function columnsOf(entity: Entity, by: string): Field[] {
  const display = entity.fields.filter((field) => field.name === entity.display);
  const state = entity.fields.filter((field) => field.name === entity.workflow?.field);
  const others = proposedColumns(entity).filter((field) => ![by, entity.display, entity.workflow?.field].includes(field.name) && !field.multiline);
  return [...display, ...others.slice(0, columnsMax - 2), ...state];
}
