import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';

/** The document behind a posting, named by the fields source_entity and source_id. */
export function SourceFact({ record }: { record: RecordRow }) {
  const entity = useCatalogue().entity(labelOf(record['source_entity']));
  const id = Number(record['source_id'] ?? 0);
  return entity && id > 0 ? <Source entity={entity} id={id} /> : null;
}

function Source({ entity, id }: { entity: Entity; id: number }) {
  const { data } = useQuery(recordQuery(entity, id));
  return (
    <div>
      <dt>{entity.title}</dt>
      <dd><Link className="plain-link" to={recordAddress(entity, id)}>{labelOf(data?.[entity.display]) || `#${id}`}</Link></dd>
    </div>
  );
}
