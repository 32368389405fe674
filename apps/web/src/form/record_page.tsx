import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import type { RecordChange } from '../live/change_stream';
import { useFollowing } from '../live/following';
import { listAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { usePlace } from '../shell/router';
import { RecordForm } from './record_form';

export default function RecordPage({ entity, id }: { entity: Entity; id: number | null }) {
  return id === null ? <NewRecord entity={entity} /> : <LoadedRecord entity={entity} id={id} />;
}

function LoadedRecord({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordQuery(entity, id));
  const [change, setChange] = useState<RecordChange | null>(null);
  useFollowing(`record=${entity.name}/${id}`, setChange);
  const crumb = { label: entity.plural, to: listAddress(entity) };
  if (!data) {
    return (
      <Page title={entity.title} crumb={crumb}>
        <ProblemAlert error={error} />
      </Page>
    );
  }
  return <RecordForm entity={entity} record={data} change={change} prefill={null} title={labelOf(data[entity.display]) || `${entity.title} ${id}`} />;
}

function NewRecord({ entity }: { entity: Entity }) {
  const catalogue = useCatalogue();
  const { search } = usePlace();
  const prefill = useMemo(() => prefillFrom(search, entity), [search, entity]);
  if (!entity.creatable) {
    return (
      <Page title={`New ${entity.title.toLowerCase()}`} crumb={{ label: entity.plural, to: listAddress(entity) }}>
        <p className="soft">{catalogue.document.user.name} may not create {entity.plural.toLowerCase()}, or they come from other documents.</p>
      </Page>
    );
  }
  return <RecordForm entity={entity} record={null} change={null} prefill={prefill} title={`New ${entity.title.toLowerCase()}`} />;
}

/** `/purchasing/orders/new?supplier=12` starts with that supplier. */
function prefillFrom(search: string, entity: Entity): RecordRow | null {
  const given: RecordRow = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const field = entity.fields.find((candidate) => candidate.name === name && candidate.kind !== 'lines');
    if (field) given[name] = field.kind === 'boolean' ? value === 'true' : value;
  }
  return Object.keys(given).length > 0 ? given : null;
}
