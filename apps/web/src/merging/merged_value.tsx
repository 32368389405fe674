import { useQuery } from '@tanstack/react-query';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, InputField, Value } from '../api/contract';
import { listQuery } from '../api/queries';
import { ValueView } from '../form/value_view';

/** A value that one of two parties has; what it refers to by its name, asked for together with that of the other. */
export function MergedValue({ value, other, field }: { value: Value; other: Value; field: InputField }) {
  const entity = useCatalogue().entity(field.kind === 'reference' ? field.entity : null);
  if (value === null || value === '') return <span className="soft">nothing</span>;
  if (entity && typeof value === 'number') return <ReferredTo entity={entity} id={value} ids={idsOf([value, other])} />;
  return <ValueView value={value} field={field} isLinked={false} />;
}

function ReferredTo({ entity, id, ids }: { entity: Entity; id: number; ids: number[] }) {
  const { data, isLoading } = useQuery({ ...listQuery(entity, new URLSearchParams({ 'id.in': ids.join(','), fields: entity.display, count: 'false' })), staleTime: 60_000 });
  const name = labelOf(data?.rows.find((row) => row.id === id)?.[entity.display]);
  return <span>{isLoading ? '…' : name || `${entity.title} ${id}`}</span>;
}

function idsOf(values: Value[]): number[] {
  return [...new Set(values.filter((value) => typeof value === 'number'))].sort((left, right) => left - right);
}
