import { useCatalogue } from '../api/catalogue';
import type { InputField, Value } from '../api/contract';
import { isReference } from '../api/contract';
import { isZero } from '../format/decimal';
import { decimalKinds, valueText } from '../format/value_text';
import { recordAddress } from '../shell/addresses';
import { Link } from '../shell/router';

/** A value to read, not to edit: references lead to their record, zeros and "No" step back. */
export function ValueView({ value, field, isLinked = true }: { value: Value | undefined; field: InputField; isLinked?: boolean }) {
  const catalogue = useCatalogue();
  const text = valueText(value, field, catalogue.company.decimals);
  if (isLinked && isReference(value)) {
    const entity = catalogue.entity(field.entity);
    if (entity && entity.menu !== 'hidden') return <Link className="plain-link" to={recordAddress(entity, value.id)}>{text}</Link>;
  }
  if (value === false) return <span className="grid-zero">{text}</span>;
  if (decimalKinds.has(field.kind) && typeof value === 'string' && isZero(value)) return <span className="grid-zero">{text}</span>;
  return <span>{text}</span>;
}
