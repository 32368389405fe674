import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { DateInput } from '../form/date_input';
import { humanised } from '../format/value_text';
import type { AuditSearch } from './audit';

interface AuditSearchFormProps {
  search: AuditSearch;
  isBusy: boolean;
  onRun: (search: AuditSearch) => void;
}

export function AuditSearchForm({ search, isBusy, onRun }: AuditSearchFormProps) {
  const catalogue = useCatalogue();
  const [wanted, setWanted] = useState(search);
  const set = (part: Partial<AuditSearch>) => setWanted((now) => ({ ...now, ...part }));
  const shown = catalogue.document.entities.filter((entity) => entity.menu !== 'hidden').sort((left, right) => left.plural.localeCompare(right.plural));
  const entities = [{ value: '', label: 'Anything' }, ...shown.map((entity) => ({ value: entity.name, label: entity.plural }))];
  const entity = catalogue.entity(wanted.entity);
  const commands = [
    { value: '', label: 'Any' },
    ...['create', 'change', 'remove'].map((name) => ({ value: name, label: humanised(name) })),
    ...(entity?.workflow?.transitions ?? []).map((transition) => ({ value: transition.name, label: transition.label })),
  ];
  const isNarrowed = Object.values(search).some((value) => value !== '');
  return (
    <form className="audit-search panel" role="search" onSubmit={(event) => { event.preventDefault(); onRun(wanted); }}>
      <TextInput label="Words" type="search" placeholder="In names, reasons and values" value={wanted.text} onChange={(event) => set({ text: event.currentTarget.value })} />
      <TextInput label="By" placeholder="Anybody" autoComplete="off" value={wanted.by} onChange={(event) => set({ by: event.currentTarget.value })} />
      <NativeSelect label="Of" data={entities} value={wanted.entity} onChange={(event) => set({ entity: event.currentTarget.value, record: '', command: '' })} />
      <NativeSelect label="What was done" data={commands} value={wanted.command} onChange={(event) => set({ command: event.currentTarget.value })} />
      <DateInput label="From" value={wanted.from} onChange={(from) => set({ from })} />
      <DateInput label="Until" value={wanted.until} onChange={(until) => set({ until })} />
      <div className="audit-search-actions">
        <Button type="submit" loading={isBusy}>Search</Button>
        {isNarrowed && <Button variant="subtle" color="gray" onClick={() => onRun({ text: '', by: '', entity: '', record: '', command: '', from: '', until: '' })}>Everything</Button>}
      </div>
      {search.record && <p className="audit-record">Only record <b>#{search.record}</b> of {entity?.plural.toLowerCase() ?? search.entity}.</p>}
    </form>
  );
}
