import { useQuery } from '@tanstack/react-query';
import { labelOf } from '../api/catalogue';
import { recordQuery } from '../api/queries';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';
import type { SourceRecord } from './source_record';

/** The document behind a posting, the record that a file or a letter belongs to. */
export function SourceFact({ source: { entity, id } }: { source: SourceRecord }) {
  const { data } = useQuery(recordQuery(entity, id));
  return (
    <div>
      <dt>{entity.title}</dt>
      <dd><Link className="plain-link" to={recordAddress(entity, id)}>{labelOf(data?.[entity.display]) || `#${id}`}</Link></dd>
    </div>
  );
}
