import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import type { InputField } from '../api/contract';
import { isReference } from '../api/contract';
import { decimalKinds, decimalsOf } from '../format/value_text';
import { DateInput, InstantInput } from './date_input';
import { DecimalInput } from './decimal_input';
import type { DraftValue } from './draft';
import { ReferenceSelect } from './reference_select';

interface FieldInputProps {
  field: InputField;
  value: DraftValue | undefined;
  onChange: (value: DraftValue) => void;
  error?: string | undefined;
  currency?: string | undefined;
  autoFocus?: boolean;
  narrowing?: string;
}

/** One input for one field, of whatever kind, with its label, mark, help and error. */
export function FieldInput({ field, value, onChange, error, currency, autoFocus, narrowing }: FieldInputProps) {
  const catalogue = useCatalogue();
  const text = typeof value === 'string' ? value : '';
  const common = {
    label: field.label,
    'data-field': field.name,
    required: Boolean(field.required) && field.kind !== 'boolean',
    error,
    description: field.help || undefined,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    ...(autoFocus ? { 'data-autofocus': true } : {}),
  };

  if (field.kind === 'boolean') {
    return (
      <Checkbox
        className="boolean-input" label={field.label} data-field={field.name} checked={value === true} error={error}
        description={field.help || undefined} onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (field.kind === 'reference') {
    const entity = catalogue.entity(field.entity);
    if (entity) return <ReferenceSelect {...common} {...(narrowing ? { narrowing } : {})} entity={entity} value={isReference(value) ? value : null} onChange={onChange} />;
  }
  if (field.kind === 'choice') {
    const choices = field.choices ?? [];
    const data = [...(field.required && text ? [] : [{ value: '', label: '' }]), ...choices];
    return <NativeSelect {...common} data={data} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  if (field.kind === 'date') return <DateInput {...common} value={text} onChange={onChange} />;
  if (field.kind === 'instant') return <InstantInput {...common} value={text} onChange={onChange} />;
  if (decimalKinds.has(field.kind)) {
    const unit = field.kind === 'percent' ? '%' : field.kind === 'money' ? currency : undefined;
    return (
      <DecimalInput
        {...common} value={text} decimals={decimalsOf(field, catalogue.company.decimals)} onChange={onChange}
        {...(unit ? { leftSection: <span className="input-unit">{unit}</span>, leftSectionWidth: 16 + unit.length * 9 } : {})}
      />
    );
  }
  if (field.multiline) {
    return <Textarea {...common} value={text} autosize minRows={2} maxRows={8} onChange={(event) => onChange(event.currentTarget.value)} />;
  }
  return (
    <TextInput
      {...common} value={text} autoComplete="off" {...(field.kind === 'integer' ? { inputMode: 'numeric' as const } : {})}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
