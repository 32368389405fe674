import { useQueries } from '@tanstack/react-query';
import { useCatalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { countQuery } from '../api/queries';
import { boardFields, columnsMax } from './board_fields';

/** What a board of these records can be grouped by; of references only those that name few records. */
export function useGroupableFields(entity: Entity, chosen: Field): Field[] {
  const catalogue = useCatalogue();
  const fields = boardFields(entity, catalogue);
  const targetOf = (field: Field) => (field.kind === 'reference' ? catalogue.entity(field.entity) : undefined);
  const targets = [...new Set(fields.map(targetOf).filter((target) => target !== undefined))];
  const counts = useQueries({ queries: targets.map((target) => ({ ...countQuery(target, {}), staleTime: 300_000 })) });
  const countOf = (target: Entity) => counts[targets.indexOf(target)]?.data?.total ?? Infinity;
  return fields.filter((field) => {
    const target = targetOf(field);
    const count = target ? countOf(target) : 1;
    return field.name === chosen.name || (count > 0 && count <= columnsMax);
  });
}
