import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { listQuery } from '../api/queries';
import { newRecordAddress, recordAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';

/** The versions of a guide, the newest first, and the way to write one. */
export default function GuideVersions({ id }: { id: number }) {
  const versions = useCatalogue().entity('knowledge.guide_version');
  return versions ? <Known versions={versions} guide={id} /> : null;
}

function Known({ versions, guide }: { versions: Entity; guide: number }) {
  const { data, error } = useQuery(listQuery(versions, new URLSearchParams({ guide: String(guide), sort: '-version_number', limit: '20' })));
  return (
    <>
      <ProblemAlert error={error} />
      {data?.rows.length === 0 && <p className="soft" style={{ margin: 0 }}>Nothing is asked yet.</p>}
      {data && data.rows.length > 0 && (
        <ul className="plain-rows">
          {data.rows.map((row) => (
            <li key={row.id}>
              <Link className="plain-link" to={recordAddress(versions, row.id ?? 0)}>{labelOf(row[versions.display])}</Link> <StateBadge entity={versions} state={String(row['state'])} />
              {labelOf(row['valid_from']) && <span className="soft"> from {labelOf(row['valid_from'])}{labelOf(row['valid_to']) && ` to ${labelOf(row['valid_to'])}`}</span>}
            </li>
          ))}
        </ul>
      )}
      {versions.creatable && <Link className="plain-link" to={`${newRecordAddress(versions)}?guide=${guide}`}>Write a version</Link>}
    </>
  );
}
