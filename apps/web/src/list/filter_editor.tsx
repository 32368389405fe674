import { Button, Checkbox, Group, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { Choice, Entity, Field } from '../api/contract';
import { isReference } from '../api/contract';
import { FieldInput } from '../form/field_input';
import type { DraftValue } from '../form/draft';
import { errorsOf } from '../form/payload';
import { operatorsFor, type Filter, type Operator } from './filters';

interface FilterEditorProps {
  entity: Entity;
  filter: Filter | null;
  onDone: (filter: Filter | null) => void;
}

/** Column, operator, value: the operators are those of the column's kind, the value is entered as in a form. */
export function FilterEditor({ entity, filter, onDone }: FilterEditorProps) {
  const fields = entity.fields.filter((field) => field.filterable !== false && operatorsFor(field.kind).length > 0);
  const [name, setName] = useState(filter?.field ?? fields[0]?.name ?? '');
  const field = fields.find((candidate) => candidate.name === name) ?? fields[0];
  const choices = field ? operatorsFor(field.kind) : [];
  const [operatorIndex, setOperatorIndex] = useState(() => {
    const index = choices.findIndex((choice) => choice.operator === filter?.operator && (choice.fixed === undefined || choice.fixed === filter.value));
    return Math.max(0, index);
  });
  const [value, setValue] = useState<DraftValue>(() => startValue(field, filter));
  const [error, setError] = useState<string | undefined>();
  const operator = choices[operatorIndex] ?? choices[0];
  if (!field || !operator) return null;

  const chooseField = (next: string) => {
    setName(next);
    setOperatorIndex(0);
    setValue(null);
    setError(undefined);
  };
  const apply = () => {
    if (operator.fixed !== undefined) return onDone({ field: field.name, operator: operator.operator, value: operator.fixed });
    const found = operator.operator === 'in' ? undefined : errorsOf({ [field.name]: value }, [valueField(field)])[field.name];
    setError(found);
    if (found) return undefined;
    const text = isReference(value) ? String(value.id) : String(value ?? '');
    return text === '' ? onDone(null) : onDone({ field: field.name, operator: operator.operator as Operator, value: text });
  };

  return (
    <form className="filter-editor" noValidate onSubmit={(event) => { event.preventDefault(); apply(); }}>
      <NativeSelect
        label="Column" data={fields.map((candidate) => ({ value: candidate.name, label: candidate.label }))} value={field.name}
        onChange={(event) => chooseField(event.currentTarget.value)} data-autofocus={filter ? undefined : true}
      />
      <NativeSelect
        label="Condition" data={choices.map((choice, index) => ({ value: String(index), label: choice.label }))} value={String(operatorIndex)}
        onChange={(event) => setOperatorIndex(Number(event.currentTarget.value))}
      />
      {operator.fixed === undefined && (
        operator.operator === 'in'
          ? <ChoiceSet label={field.label} choices={choicesOf(field, entity)} value={String(value ?? '')} onChange={setValue} />
          : <FieldInput field={{ ...valueField(field), choices: choicesOf(field, entity) }} value={value} onChange={setValue} error={error} autoFocus={filter !== null} />
      )}
      <Group justify="flex-end" gap="xs">
        {filter && <Button variant="subtle" color="gray" onClick={() => onDone(null)}>Remove</Button>}
        <Button type="submit">Apply</Button>
      </Group>
    </form>
  );
}

// Inside a filter a field is never required, read only or multi-line, and help about entering it does not apply.
function valueField(field: Field): Field {
  return { ...field, label: 'Value', required: false, read_only: false, multiline: false, help: null };
}

function choicesOf(field: Field, entity: Entity): Choice[] {
  if (field.choices && field.choices.length > 0) return field.choices;
  if (field.name !== entity.workflow?.field) return [];
  return entity.workflow.states.map((state) => ({ value: state.name, label: state.label }));
}

function startValue(field: Field | undefined, filter: Filter | null): DraftValue {
  if (!filter || filter.operator === 'is') return null;
  return field?.kind === 'reference' ? { id: Number(filter.value), label: '' } : filter.value;
}

function ChoiceSet({ label, choices, value, onChange }: { label: string; choices: Choice[]; value: string; onChange: (value: string) => void }) {
  const chosen = value === '' ? [] : value.split(',');
  const toggle = (name: string) => onChange((chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]).join(','));
  return (
    <fieldset className="choice-set">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <Checkbox key={choice.value} label={choice.label} checked={chosen.includes(choice.value)} onChange={() => toggle(choice.value)} />
      ))}
    </fieldset>
  );
}
