import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useMemo } from 'react';
import { labelOf } from '../api/catalogue';
import { reportQuery } from '../api/queries';
import { blankLine, type DraftLine, type DraftValue } from '../form/draft';
import type { LineInputProps } from '../form/line_input';
import { formatDecimal } from '../format/decimal';
import { Icon } from '../shell/icons';
import { alternativesOf, comparisonsOf, factsOf, nextAlternative, rulePreview, valueInputOf, withFact, type Fact } from './conditions';
import './segments.css';

/** The rule of a segment as one says it: all of these, or all of those. */
export default function SegmentConditions({ label, fields, lines, onChange }: LineInputProps) {
  const list = useId();
  const known = useQuery({ ...reportQuery('crm.segment_facts', new URLSearchParams()), staleTime: 300_000 });
  const facts = useMemo(() => factsOf(known.data), [known.data]);
  const change = (line: DraftLine) => onChange(lines.map((one) => (one.key === line.key ? line : one)));
  const remove = (line: DraftLine) => onChange(lines.filter((one) => one.key !== line.key));
  const add = (alternative: string) => {
    const line = blankLine(fields);
    onChange([...lines, { ...line, values: { ...line.values, alternative, comparison: 'is' } }]);
  };
  return (
    <div className="segment-rule" role="group" aria-label={label}>
      <datalist id={list}>{facts.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}</datalist>
      {alternativesOf(lines).map(({ number, lines: own }, at) => (
        <fieldset key={number}>
          <legend>{at === 0 ? 'Parties of whom all of this holds' : 'or of whom all of this holds'}</legend>
          {own.map((line) => (
            <ConditionLine key={line.key} line={line} place={lines.indexOf(line) + 1} facts={facts} list={list} onChange={change} onRemove={() => remove(line)} />
          ))}
          <Button size="compact-xs" variant="subtle" leftSection={<Icon name="plus" size={12} />} onClick={() => add(number)}>Add a condition</Button>
        </fieldset>
      ))}
      <Count lines={lines} />
      {lines.length === 0 && <p className="soft">Without a condition nobody belongs to it.</p>}
      <Button size="compact-sm" variant="default" onClick={() => add(nextAlternative(lines))}>{lines.length === 0 ? 'Add a condition' : 'Add another way to belong to it'}</Button>
    </div>
  );
}

interface ConditionLineProps {
  line: DraftLine;
  place: number;
  facts: Fact[];
  list: string;
  onChange: (line: DraftLine) => void;
  onRemove: () => void;
}

function ConditionLine({ line, place, facts, list, onChange, onRemove }: ConditionLineProps) {
  const text = (name: string) => String(line.values[name] ?? '');
  const set = (name: string, value: DraftValue) => onChange({ ...line, values: { ...line.values, [name]: value } });
  const [fact, comparison] = [text('fact'), text('comparison')];
  return (
    <div className="segment-condition">
      <input className="segment-input" list={list} aria-label={`Fact, condition ${place}`} placeholder="What is known" value={fact} onChange={(event) => onChange(withFact(facts, line, event.currentTarget.value))} />
      <select
        className="segment-input" aria-label={`Comparison, condition ${place}`} value={comparison}
        onChange={(event) => set('comparison', event.currentTarget.value)}
      >
        {comparisonsOf(facts, fact, comparison).map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
      </select>
      <ConditionValue label={`Value, condition ${place}`} kind={valueInputOf(facts, fact, comparison)} isList={comparison === 'one_of'} value={text('value')} onChange={(value) => set('value', value)} />
      <button type="button" className="segment-remove" aria-label={`Remove condition ${place}`} onClick={onRemove}><Icon name="close" size={14} /></button>
    </div>
  );
}

/** How many would belong to it as it stands, before it is saved. */
function Count({ lines }: { lines: DraftLine[] }) {
  const [rule] = useDebouncedValue(rulePreview(lines), 400);
  const { data, error } = useQuery({ ...reportQuery('crm.segment_count', new URLSearchParams({ conditions: rule ?? '[]' })), enabled: rule !== null, placeholderData: keepPreviousData, retry: false });
  if (rule === null) return null;
  if (error) return <p role="status" className="soft">{error.message}</p>;
  const row = data?.rows[0];
  if (!row) return null;
  const first = labelOf(row['first']);
  return (
    <p role="status" className="segment-count">
      <b>{formatDecimal(labelOf(row['parties']))}</b> of {formatDecimal(labelOf(row['of']))} parties{first && <span className="soft">: {first}{Number(row['parties']) > 5 ? ' …' : ''}</span>}
    </p>
  );
}

interface ConditionValueProps {
  label: string;
  kind: ReturnType<typeof valueInputOf>;
  isList: boolean;
  value: string;
  onChange: (value: string) => void;
}

function ConditionValue({ label, kind, isList, value, onChange }: ConditionValueProps) {
  if (kind === 'none') return <span />;
  if (kind === 'flag') {
    return (
      <select className="segment-input" aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {value !== 'yes' && value !== 'no' && <option value={value}>{value}</option>}
        <option value="yes">yes</option>
        <option value="no">no</option>
      </select>
    );
  }
  return (
    <input
      className="segment-input" type={kind === 'day' ? 'date' : 'text'} inputMode={kind === 'number' ? 'decimal' : undefined} aria-label={label}
      placeholder={isList ? 'DE, AT, CH' : undefined} value={value} onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
