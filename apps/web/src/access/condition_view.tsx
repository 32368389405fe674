import { useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { useReferenceLabel } from '../form/reference_select';
import { conditionFrom } from './condition';

/** One condition of a rule to read; records stand there by their names. */
export function ConditionView({ text, entity }: { text: string; entity: Entity | undefined }) {
  const catalogue = useCatalogue();
  const { field, label, word, value } = conditionFrom(text, entity);
  const target = catalogue.entity(field?.entity);
  const ids = value.split(',').filter((one) => /^\d+$/.test(one));
  return (
    <>
      {label.toLowerCase()} {word} <b>{target && ids.length > 0 ? ids.map((id, index) => <span key={id}>{index > 0 && ', '}<RecordName entity={target} id={Number(id)} /></span>) : value}</b>
    </>
  );
}

function RecordName({ entity, id }: { entity: Entity; id: number }) {
  return useReferenceLabel(entity, { id, label: '' });
}
