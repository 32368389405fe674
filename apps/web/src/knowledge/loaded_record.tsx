import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Entity, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { useFollowing } from '../live/following';
import { listAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';

/** A record that is read and followed; until it is there, and where it cannot be read, what stands in its place. */
export function LoadedRecord({ entity, id, children }: { entity: Entity; id: number; children: (record: RecordRow) => ReactNode }) {
  const { data, error } = useQuery(recordQuery(entity, id));
  useFollowing(`record=${entity.name}/${id}`);
  if (data) return children(data);
  return <Page title={entity.title} crumb={{ label: entity.plural, to: listAddress(entity) }}><ProblemAlert error={error} /></Page>;
}
