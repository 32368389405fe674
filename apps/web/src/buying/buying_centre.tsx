import { useQuery } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import type { RecordRow } from '../api/contract';
import { formatDecimal } from '../format/decimal';
import { humanised } from '../format/value_text';
import { useFollowing } from '../live/following';
import { listAddress, newRecordAddress, recordAddress } from '../shell/addresses';
import { Panel, ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { Arguments } from './arguments';
import { cellOf, conflictsOf, signed, stanceText, type BuyingCentre as Centre, type Cell } from './matrix';
import './buying.css';

/** Who decides about an opportunity by what: members × criteria with their weights, where they disagree, and what is to be said to whom. */
export default function BuyingCentre({ title, record }: { title: string; record: RecordRow }) {
  const catalogue = useCatalogue();
  const id = record.id ?? 0;
  const opportunities = catalogue.entity('crm.opportunity')!;
  const members = catalogue.entity('crm.buying_member');
  const { data, error } = useQuery({ queryKey: ['record_view', opportunities.name, id, 'buying_centre'], queryFn: ({ signal }) => read<Centre>(apiPath(opportunities.path, id, 'buying_centre'), signal) });
  useFollowing('entity=crm.criterion_weight');
  const adding = members && <Link className="plain-link no-print" to={`${newRecordAddress(members)}?opportunity=${id}`}>Add a member</Link>;
  return (
    <Panel title={title} className="buying-centre" actions={members?.creatable && adding}>
      <ProblemAlert error={error} />
      {data && data.members.length === 0 && <p className="soft">Nobody is known who has a say.</p>}
      {data && data.members.length > 0 && <Matrix centre={data} opportunity={id} />}
      {data && <Conflicts centre={data} />}
      {data && data.arguments.length > 0 && <Arguments centre={data} />}
    </Panel>
  );
}

function Matrix({ centre, opportunity }: { centre: Centre; opportunity: number }) {
  const catalogue = useCatalogue();
  const contacts = catalogue.entity('directory.contact');
  const criteria = catalogue.entity('crm.criterion');
  return (
    <div className="table-scroll">
      <table className="plain-table buying-matrix">
        <thead>
          <tr>
            <th scope="col">Member</th>
            {centre.criteria.map((criterion) => <th key={criterion.id} scope="col">{criteria ? <Link className="plain-link" to={recordAddress(criteria, criterion.id)}>{criterion.name}</Link> : criterion.name}</th>)}
            {centre.criteria.length === 0 && criteria && <th scope="col"><Link className="plain-link" to={`${newRecordAddress(criteria)}?opportunity=${opportunity}`}>Add a criterion</Link></th>}
          </tr>
        </thead>
        <tbody>
          {centre.members.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {contacts ? <Link className="plain-link" to={recordAddress(contacts, member.contact.id)}>{member.contact.label}</Link> : member.contact.label}
                <span className="soft">{humanised(member.role)}, influence {member.influence}, {stanceText(member.stance)}</span>
              </th>
              {centre.criteria.map((criterion) => <MatrixCell key={criterion.id} cell={cellOf(centre, member.id, criterion.id)} member={member.id} criterion={criterion.id} />)}
            </tr>
          ))}
        </tbody>
        {centre.criteria.length > 0 && (
          <tfoot>
            <tr><th scope="row">How far apart</th>{centre.criteria.map((one) => <td key={one.id} data-conflict={Number(one.conflict) > 0 ? '' : undefined}>{formatDecimal(one.conflict)}</td>)}</tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function MatrixCell({ cell, member, criterion }: { cell: Cell | undefined; member: number; criterion: number }) {
  const weights = useCatalogue().entity('crm.criterion_weight');
  const narrowing = { member: String(member), criterion: String(criterion) };
  const to = weights && (cell ? listAddress(weights, narrowing) : `${newRecordAddress(weights)}?${new URLSearchParams(narrowing)}`);
  if (!cell) return <td>{to && weights.creatable ? <Link className="plain-link soft" to={to}>set</Link> : null}</td>;
  const tone = cell.position > 0 ? 'good' : cell.position < 0 ? 'bad' : 'quiet';
  const text = <><b>{cell.weight}</b> <span className="state" data-tone={tone}>{signed(cell.position)}</span></>;
  return <td title={`Weight ${cell.weight}, sees us ${stanceText(cell.position)}, since ${cell.since}`}>{to ? <Link to={to}>{text}</Link> : text}</td>;
}

function Conflicts({ centre }: { centre: Centre }) {
  const conflicts = conflictsOf(centre);
  if (conflicts.length === 0) return null;
  return <p className="buying-conflict"><b>Not of one mind:</b> {conflicts.map((one) => `${one.name} (${formatDecimal(one.conflict)})`).join(', ')}</p>;
}
