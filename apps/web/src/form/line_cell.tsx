import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, Field, Reference, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { parseDay } from '../format/day';
import { decimalKinds, decimalsOf } from '../format/value_text';
import type { DraftValue } from './draft';
import { ReferenceSelect, useReferenceLabel } from './reference_select';
import { useTypedDecimal } from './typed_decimal';
import { ValueView } from './value_view';

interface LineCellProps {
  field: Field;
  value: DraftValue | undefined;
  label: string;
  errorId: string | undefined;
  narrowing: string;
  onChange: (value: DraftValue) => void;
}

/** Plain inputs, so that an order of five hundred lines opens at once; a reference becomes a search where the focus is. */
export function LineCell({ field, value, label, errorId, narrowing, onChange }: LineCellProps) {
  const catalogue = useCatalogue();
  const described: Described = { 'aria-label': label, 'aria-invalid': errorId ? true : undefined, 'aria-describedby': errorId };
  const text = typeof value === 'string' ? value : '';

  if (field.read_only) return <span className="line-value"><ValueView value={value as Value} field={field} /></span>;
  if (field.kind === 'reference') {
    const entity = catalogue.entity(field.entity);
    if (entity) return <ReferenceCell entity={entity} value={isReference(value) ? value : null} described={described} narrowing={narrowing} onChange={onChange} />;
  }
  if (field.kind === 'text' && field.entity) {
    const entity = catalogue.entity(field.entity);
    if (entity) return <ReferenceTextCell entity={entity} value={text} described={described} onChange={onChange} />;
  }
  if (field.kind === 'boolean') {
    return <input type="checkbox" {...described} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />;
  }
  if (field.kind === 'choice') {
    return (
      <select className="line-input" {...described} value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        {!(field.required && text) && <option value="" />}
        {field.choices?.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
    );
  }
  if (decimalKinds.has(field.kind)) {
    return <DecimalCell value={text} decimals={decimalsOf(field, catalogue.company.decimals)} described={described} onChange={onChange} />;
  }
  if (field.kind === 'date') return <DateCell value={text} today={catalogue.today} described={described} onChange={onChange} />;
  return <input className="line-input" {...described} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
}

interface Described {
  'aria-label': string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

interface CellProps {
  value: string;
  described: Described;
  onChange: (value: DraftValue) => void;
}

function DecimalCell({ value, decimals, described, onChange }: CellProps & { decimals: number }) {
  const typed = useTypedDecimal(value, decimals, onChange);
  return <input className="line-input number" inputMode="decimal" autoComplete="off" {...described} {...typed} />;
}

function DateCell({ value, today, described, onChange }: CellProps & { today: string }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <input
      className="line-input" placeholder="yyyy-mm-dd" {...described} value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => { if (typed !== null) onChange(parseDay(typed, today) ?? typed); setTyped(null); }}
    />
  );
}

/** A text that names a record by its id, chosen like a reference, or by an @name. */
function ReferenceTextCell({ entity, value, described, onChange }: CellProps & { entity: Entity }) {
  const isName = value !== '' && !/^\d+$/.test(value);
  const reference = value === '' ? null : { id: isName ? 0 : Number(value), label: isName ? value : '' };
  const choose = (chosen: DraftValue) => onChange(isReference(chosen) ? String(chosen.id) : null);
  return <ReferenceCell entity={entity} value={reference} described={described} narrowing="" onChange={choose} onName={onChange} />;
}

interface ReferenceCellProps {
  entity: Entity;
  value: Reference | null;
  described: Described;
  narrowing: string;
  onChange: (value: DraftValue) => void;
  onName?: (name: string) => void;
}

function ReferenceCell({ entity, value, described, narrowing, onChange, onName }: ReferenceCellProps) {
  const [isActive, setActive] = useState(false);
  const label = useReferenceLabel(entity, value);
  if (!isActive) return <input className="line-input" {...described} value={label} readOnly onFocus={() => setActive(true)} />;
  return (
    <div className="line-reference" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setActive(false)}>
      <ReferenceSelect entity={entity} value={value} onChange={onChange} narrowing={narrowing} onName={onName} isBare autoFocus {...described} />
    </div>
  );
}
