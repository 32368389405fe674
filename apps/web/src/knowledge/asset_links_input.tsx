import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Entity, Field } from '../api/contract';
import { DateInput } from '../form/date_input';
import { blankLine, type Draft, type DraftLine, type DraftValue } from '../form/draft';
import type { Hit } from '../search/hits';
import { recordViewQuery, type AssetLinks } from './asset';
import { RecordPicker } from './record_picker';

interface AssetLinksInputProps {
  entity: Entity;
  id: number | null;
  lines: DraftLine[];
  fields: Field[];
  onChange: (lines: DraftLine[]) => void;
}

/** The records that the asset is about, rests on or changes: picked by their words, each with what it is to the asset. */
export function AssetLinksInput({ entity, id, lines, fields, onChange }: AssetLinksInputProps) {
  const catalogue = useCatalogue();
  const [picked, setPicked] = useState<Record<string, string>>({});
  const { data } = useQuery({ ...recordViewQuery<AssetLinks>(entity, id ?? 0, 'links'), enabled: id !== null });
  const known = Object.fromEntries((data?.links ?? []).map((link) => [`${link.entity} ${link.record.id}`, link.record.label]));
  const placeOf = ({ values }: DraftLine) => `${String(values['entity'])} ${String(values['record'])}`;
  const nameOf = (line: DraftLine) => picked[placeOf(line)] ?? known[placeOf(line)] ?? `${catalogue.entity(String(line.values['entity']))?.title ?? String(line.values['entity'])} ${String(line.values['record'])}`;
  const add = (hit: Hit) => {
    setPicked((now) => ({ ...now, [`${hit.entity} ${hit.id}`]: hit.title }));
    const line = blankLine(fields);
    onChange([...lines, { ...line, values: { ...line.values, entity: hit.entity, record: String(hit.id), relation: 'about' } }]);
  };
  const change = (line: DraftLine, values: Draft) => onChange(lines.map((other) => (other === line ? { ...line, values: { ...line.values, ...values } } : other)));
  return (
    <div className="links-input">
      <ul aria-label="Linked records">
        {lines.map((line) => <LinkLine key={line.key} line={line} name={nameOf(line)} fields={fields} onChange={(values) => change(line, values)} onRemove={() => onChange(lines.filter((other) => other !== line))} />)}
      </ul>
      <RecordPicker label="Add a record" onPick={add} />
    </div>
  );
}

interface LinkLineProps {
  line: DraftLine;
  name: string;
  fields: Field[];
  onChange: (values: Draft) => void;
  onRemove: () => void;
}

function LinkLine({ line, name, fields, onChange, onRemove }: LinkLineProps) {
  const text = (value: DraftValue | undefined) => (typeof value === 'string' ? value : '');
  const relations = fields.find((field) => field.name === 'relation')?.choices ?? [];
  const isChange = line.values['relation'] === 'changes';
  return (
    <li>
      <b>{name}</b>
      <NativeSelect aria-label={`What ${name} is to it`} data={relations} value={text(line.values['relation'])} onChange={(event) => onChange({ relation: event.currentTarget.value })} />
      <TextInput aria-label={`Note on ${name}`} placeholder={isChange ? 'What changes' : 'Note'} value={text(line.values['note'])} autoComplete="off" onChange={(event) => onChange({ note: event.currentTarget.value })} />
      {isChange && <DateInput aria-label={`From when ${name} changes`} placeholder="From" value={text(line.values['effective_from'])} onChange={(value) => onChange({ effective_from: value })} />}
      <CloseButton aria-label={`Take away ${name}`} onClick={onRemove} />
    </li>
  );
}
