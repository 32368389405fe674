import { useCatalogue } from '../api/catalogue';
import type { Entity, InputField, Value } from '../api/contract';
import { useReferenceLabel } from '../form/reference_select';
import { ValueView } from '../form/value_view';

/** A value that one of two parties has; what it refers to by its name, which the preview leaves out. */
export function MergedValue({ value, field }: { value: Value; field: InputField }) {
  const entity = useCatalogue().entity(field.kind === 'reference' ? field.entity : null);
  if (value === null || value === '') return <span className="soft">nothing</span>;
  if (entity && typeof value === 'number') return <ReferredTo entity={entity} id={value} />;
  return <ValueView value={value} field={field} isLinked={false} />;
}

function ReferredTo({ entity, id }: { entity: Entity; id: number }) {
  return useReferenceLabel(entity, { id, label: '' });
}
