import { ActionIcon, Alert } from '@mantine/core';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { labelOf, stateOf, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { AttachmentsPanel } from '../attachments/attachments_panel';
import { isZero } from '../format/decimal';
import type { RecordChange } from '../live/change_stream';
import { listAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { RecordPanels } from '../shell/pages';
import { lineFields, lineInputs, recordAsides, recordHeads, recordSections } from '../shell/special_pages';
import { StateBadge } from '../shell/state_badge';
import { ConflictDialog } from './conflict_dialog';
import { linesOf, type DraftLine } from './draft';
import { tellingFields } from './line_fields';
import { narrowingOf } from './narrowing';
import { SourceFact } from './source_fact';
import { sourceRecordOf } from './source_record';
import { FieldInput } from './field_input';
import { LineGrid } from './line_grid';
import { LineTable } from './line_table';
import { RecordActions } from './record_actions';
import { useRecordEditor, type RecordEditor } from './record_editor';
import { RecordNews } from './record_news';
import { RecordSide } from './record_side';
import { saveKey } from './save_key';
import { ValueView } from './value_view';

interface RecordFormProps {
  entity: Entity;
  record: RecordRow | null;
  /** The last that was heard of it. */
  change: RecordChange | null;
  prefill: RecordRow | null;
  title: string;
}

export function RecordForm({ entity, record, change, prefill, title }: RecordFormProps) {
  const catalogue = useCatalogue();
  const editor = useRecordEditor(entity, record, prefill);
  const current = editor.record;
  const state = entity.workflow && current ? String(current[entity.workflow.field] ?? '') : null;
  const isEditable = !current ? entity.creatable : entity.editable && stateOf(entity, state)?.editable !== false;
  const [sideShown, showSide] = useSideShown();
  const form = useRef<HTMLDivElement>(null);
  useErrorFocus(form, editor.errors);

  const { inputs, facts, totals, lines } = partsOf(entity, editor.asked, isEditable, current !== null);
  const enteredLineFields = useMemo(() => memoized((field: Field) => {
    const shown = shownLineFields(editor.lineFieldsOf(field));
    const telling = tellingFields(shown, current?.[field.name]);
    return shown.filter((own) => !own.read_only || telling.includes(own));
  }), [editor.lineFieldsOf, current]);
  const lineReferences = lines.flatMap((field) => editor.lineFieldsOf(field)).filter((field) => field.kind === 'reference');
  const narrowingText = JSON.stringify(lineReferences.map((field) => [field.name, narrowingOf(catalogue.entity(field.entity), '', editor.draft, entity.fields)]));
  const narrowing = useMemo(() => Object.fromEntries(JSON.parse(narrowingText) as [string, string][]), [narrowingText]);
  const sections = current?.id === undefined ? [] : (recordSections[entity.name] ?? []).filter((section) => !section.entity || catalogue.entity(section.entity));
  const Head = recordHeads[entity.name];
  const asides = recordAsides.filter(({ report, of }) => of(entity) && catalogue.report(report));

  return (
    <Page
      title={title}
      crumb={{ label: entity.plural, to: listAddress(entity) }}
      badge={
        <>
          {state && <StateBadge entity={entity} state={state} />}
          {current && <RecordNews change={editor.isSaving ? null : change} isBehind={editor.isBehind} onReload={editor.takeOver} />}
        </>
      }
      actions={
        <>
          <RecordActions entity={entity} editor={editor} isEditable={isEditable} state={state} />
          {current && (
            <ActionIcon variant={sideShown ? 'light' : 'default'} size={30} aria-label="History and related records" aria-pressed={sideShown} onClick={() => showSide(!sideShown)}>
              <Icon name="history" />
            </ActionIcon>
          )}
        </>
      }
    >
      {editor.wasUnanswered && (
        <Alert color="yellow" title="This was sent before, and no answer came">
          Save it as it is: if it arrived, it is found again and not made twice.
        </Alert>
      )}
      <ProblemAlert error={editor.problem} />
      <div className="record" data-side={sideShown && current ? '' : undefined}>
        <div className="record-main" ref={form} onKeyDown={(event) => saveKey(event, editor)}>
          {Head && current?.id !== undefined && <Suspense fallback={null}><Head id={current.id} record={current} /></Suspense>}
          <section className="panel record-head">
            {inputs.length > 0 && (
              <div className="field-grid">
                {inputs.map((field, index) => (
                  <div key={field.name} className="field" data-wide={field.multiline ? '' : undefined}>
                    <FieldInput
                      field={field} value={editor.draft[field.name]} error={editor.errors[field.name]} autoFocus={!current && index === 0}
                      currency={currencyOf(field, editor)} narrowing={narrowingOf(catalogue.entity(field.entity), field.name, editor.draft, entity.fields)} onChange={(value) => editor.setField(field.name, value)}
                    />
                  </div>
                ))}
              </div>
            )}
            {facts.length > 0 && current && <Facts fields={facts} record={current} />}
          </section>
          {lines.map((field) => (
            <Panel key={field.name} title={field.label}>
              {isEditable && !field.read_only ? (
                <LinesInput entity={entity} field={field} fields={enteredLineFields(field)} editor={editor} narrowing={narrowing} />
              ) : (
                <LineTable label={field.label} fields={tellingFields(shownLineFields(editor.lineFieldsOf(field)), current?.[field.name])} rows={current?.[field.name]} />
              )}
              {current && totals.length > 0 && field === lines[0] && <Totals fields={totals} record={current} isStale={editor.isDirty} />}
            </Panel>
          ))}
          {sections.map(({ title: heading, component: Section }) => (
            <Panel key={heading} title={heading}>
              <Suspense fallback={<span className="soft">…</span>}><Section id={current!.id!} /></Suspense>
            </Panel>
          ))}
          {current?.id !== undefined && catalogue.panelsOf(entity).length > 0 && <Suspense fallback={null}><RecordPanels entity={entity} record={current} /></Suspense>}
          {current?.id !== undefined && catalogue.keepsFilesOf(entity) && <AttachmentsPanel entity={entity} id={current.id} isEditable={isEditable} />}
        </div>
        {current?.id !== undefined && (
          <div className="record-aside">
            {asides.map(({ report, component: Aside }) => <Suspense key={report} fallback={null}><Aside entity={entity} record={current} isShown={sideShown} /></Suspense>)}
            {sideShown && <RecordSide entity={entity} id={current.id} />}
          </div>
        )}
      </div>
      {editor.conflict && <ConflictDialog entity={entity} editor={editor} conflict={editor.conflict} />}
    </Page>
  );
}

interface LinesInputProps {
  entity: Entity;
  field: Field;
  fields: Field[];
  editor: RecordEditor;
  narrowing: Record<string, string>;
}

function LinesInput({ entity, field, fields, editor, narrowing }: LinesInputProps) {
  const place = `${entity.name}.${field.name}`;
  const Special = lineInputs[place];
  const common = {
    label: field.label, fields, lines: linesOf(editor.draft, field.name), onChange: (value: DraftLine[]) => editor.setField(field.name, value),
  };
  if (Special) return <Suspense fallback={<span className="soft">…</span>}><Special {...common} /></Suspense>;
  return <LineGrid {...common} name={field.name} errors={editor.errors} narrowing={narrowing} fieldOf={lineFields[place]} />;
}

/** What is entered, what is only read, and which amounts belong under the lines. */
function partsOf(entity: Entity, asked: Field[], isEditable: boolean, exists: boolean) {
  const isNamed = (field: Field) => exists && field.name === entity.display;
  const fields = asked.filter((field) => field.name !== entity.workflow?.field && !(isNamed(field) && (field.read_only || !isEditable)));
  const lines = fields.filter((field) => field.kind === 'lines');
  const simple = fields.filter((field) => field.kind !== 'lines');
  const isTotal = (field: Field) => lines.length > 0 && field.kind === 'money' && (Boolean(field.read_only) || !isEditable);
  return {
    lines,
    inputs: isEditable ? simple.filter((field) => !field.read_only) : [],
    totals: simple.filter(isTotal),
    facts: simple.filter((field) => (field.read_only || !isEditable) && !isTotal(field) && !isInternal(field, entity)),
  };
}

// What only programs need: the company, a hash's version, a text to compare by, the two fields that name a source document.
function isInternal(field: Field, entity: Entity): boolean {
  return ((field.kind === 'integer' || field.name.endsWith('_key')) && !field.in_list) || (field.name === 'source_entity' && entity.fields.some((other) => other.name === 'source_id'));
}

// One result for one field, so that lines are drawn again only when their columns change.
function memoized(fieldsOf: (field: Field) => Field[]): (field: Field) => Field[] {
  const known = new Map<string, Field[]>();
  return (field) => {
    const found = known.get(field.name) ?? fieldsOf(field);
    known.set(field.name, found);
    return found;
  };
}

function shownLineFields(fields: Field[]): Field[] {
  const shown = fields.filter((field) => field.in_list || field.required);
  return shown.length > 0 ? shown : fields;
}

function currencyOf(field: Field, editor: RecordEditor): string | undefined {
  const value = field.currency_field ? editor.draft[field.currency_field] : null;
  const label = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.label : value;
  return typeof label === 'string' && /^[A-Z]{3}$/.test(label) ? label : undefined;
}

function Facts({ fields, record }: { fields: Field[]; record: RecordRow }) {
  const source = sourceRecordOf(useCatalogue(), record);
  const filled = fields.filter((field) => record[field.name] !== null && record[field.name] !== undefined && record[field.name] !== '' && !source?.fields.includes(field.name));
  if (filled.length === 0 && !source) return null;
  return (
    <dl className="facts">
      {filled.map((field) => (
        <div key={field.name} data-wide={field.multiline ? '' : undefined}>
          <dt title={field.help || undefined}>{field.label}</dt>
          <dd>
            <ValueView value={record[field.name]} field={field} />
            {field.kind === 'money' && field.currency_field && <span className="soft"> {labelOf(record[field.currency_field])}</span>}
          </dd>
        </div>
      ))}
      {source && <SourceFact source={source} />}
    </dl>
  );
}

function Totals({ fields, record, isStale }: { fields: Field[]; record: RecordRow; isStale: boolean }) {
  const catalogue = useCatalogue();
  const amountOf = (field: Field) => String(record[field.name] ?? '0');
  const sum = fields.find((field) => field.name === 'total') ?? fields.at(-1);
  const shown = fields.filter((field) => field.in_list || field === sum || (!isZero(amountOf(field)) && !(field.read_only && sum && amountOf(field) === amountOf(sum))));
  return (
    <dl className="totals" data-stale={isStale ? '' : undefined} title={isStale ? 'As last saved' : undefined}>
      {shown.map((field) => (
        <div key={field.name} data-sum={field === sum ? '' : undefined}>
          <dt>{field.label}</dt>
          <dd className="number"><ValueView value={record[field.name]} field={field} /></dd>
          <dd className="soft">{labelOf(field.currency_field ? record[field.currency_field] : catalogue.company.currency)}</dd>
        </div>
      ))}
    </dl>
  );
}

function useErrorFocus(form: React.RefObject<HTMLDivElement | null>, errors: Record<string, string>) {
  const count = Object.keys(errors).length;
  useEffect(() => {
    if (count === 0) return;
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }, [count, form]);
}

function useSideShown(): [boolean, (shown: boolean) => void] {
  const [shown, setShown] = useState(() => localStorage.getItem('tessera.record_side') !== 'hidden');
  return [shown, (next) => { localStorage.setItem('tessera.record_side', next ? 'shown' : 'hidden'); setShown(next); }];
}

