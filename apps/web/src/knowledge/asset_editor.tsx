import { Alert, Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fieldNamed, labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, Field, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { ConflictDialog } from '../form/conflict_dialog';
import { linesOf } from '../form/draft';
import { FieldInput } from '../form/field_input';
import { RecordActions } from '../form/record_actions';
import type { RecordEditor } from '../form/record_editor';
import { RecordNews } from '../form/record_news';
import { saveKey } from '../form/save_key';
import { listAddress, recordAddress } from '../shell/addresses';
import { Page, Panel, ProblemAlert } from '../shell/page';
import { navigate, usePlace } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { AssetLinksInput } from './asset_links_input';
import { AssetTopicsInput } from './asset_topics_input';
import { textOf, useAssetEditor } from './asset_writing';
import './editor.css';
import './knowledge.css';
import { TextEditor } from './text_editor';

const ownPlaces = new Set(['title', 'kind', 'summary', 'body', 'topics', 'links', 'state']);

/** Where an asset is written: its text with a preview, and what else is said of it. */
export default function AssetEditor({ entity, id }: { entity: Entity; id: number | null }) {
  return id === null ? <NewAsset entity={entity} /> : <SavedAsset entity={entity} id={id} />;
}

function NewAsset({ entity }: { entity: Entity }) {
  const { document } = useCatalogue();
  const { search } = usePlace();
  const prefill = useMemo(() => givenFrom(search, entity), [search, entity]);
  if (entity.creatable) return <WrittenAsset entity={entity} record={null} prefill={prefill} />;
  return <Page title={`New ${entity.title.toLowerCase()}`} crumb={{ label: entity.plural, to: listAddress(entity) }}><p className="soft">{document.user.name} may not create {entity.plural.toLowerCase()}.</p></Page>;
}

function SavedAsset({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordQuery(entity, id));
  if (data) return <WrittenAsset entity={entity} record={data} prefill={null} />;
  return <Page title={entity.title} crumb={{ label: entity.plural, to: listAddress(entity) }}><ProblemAlert error={error} /></Page>;
}

/** `/knowledge/assets/new?title=Ceramic%20bearings&kind=article&link=crm.complaint/12` begins with these. */
function givenFrom(search: string, entity: Entity): RecordRow | null {
  const given: RecordRow = {};
  for (const [name, value] of new URLSearchParams(search)) {
    const linked = name === 'link' ? /^([a-z_.]+)\/(\d+)$/.exec(value) : null;
    if (linked) given['links'] = [{ entity: linked[1]!, record: Number(linked[2]), relation: 'about' }];
    else if (fieldNamed(entity, name) && fieldNamed(entity, name)?.kind !== 'lines') given[name] = value;
  }
  return Object.keys(given).length > 0 ? given : null;
}

function WrittenAsset({ entity, record, prefill }: { entity: Entity; record: RecordRow | null; prefill: RecordRow | null }) {
  const { editor, kept, template, chooseKind } = useAssetEditor(entity, record, prefill);
  const title = textOf(editor, 'title');
  const state = record ? String(record['state'] ?? '') : null;
  const acting = useMemo(() => ({ ...entity, deletable: false, workflow: entity.workflow && { ...entity.workflow, transitions: entity.workflow.transitions.filter(({ name }) => name === 'submit') } }), [entity]);
  const text = (name: string) => fieldNamed(entity, name);
  const kinds = text('kind')?.choices ?? [];
  return (
    <Page
      title={record ? labelOf(record[entity.display]) || entity.title : title || `New ${entity.title.toLowerCase()}`}
      crumb={record ? { label: 'Read it', to: recordAddress(entity, record.id ?? 0) } : { label: entity.plural, to: listAddress(entity) }}
      badge={<>{state && <StateBadge entity={entity} state={state} />}{record && <RecordNews change={null} isBehind={editor.isBehind} onReload={editor.takeOver} />}</>}
      actions={
        <>
          {record && !editor.isDirty && <Button variant="default" onClick={() => void navigate(recordAddress(entity, record.id ?? 0))}>Done</Button>}
          <RecordActions entity={acting} editor={editor} isEditable state={state} />
        </>
      }
    >
      {editor.wasUnanswered && <Alert color="yellow" title="This was sent before, and no answer came">Save it as it is: if it arrived, it is found again and not made twice.</Alert>}
      {kept.isShown && (
        <p role="status" className="kept-text"><b>What you wrote is back.</b> It was not saved. <Button variant="subtle" size="compact-xs" onClick={kept.discard}>Throw it away</Button></p>
      )}
      <ProblemAlert error={editor.problem} />
      <div className="asset-editor" onKeyDown={(event) => saveKey(event, editor)}>
        <section className="panel asset-head">
          <TextInput label="Title" required data-field="title" value={title} error={editor.errors['title']} autoComplete="off" {...(record ? {} : { autoFocus: true })} onChange={(event) => editor.setField('title', event.currentTarget.value)} />
          <NativeSelect label="Kind" data-field="kind" data={kinds} value={textOf(editor, 'kind')} error={editor.errors['kind']} onChange={(event) => chooseKind(event.currentTarget.value)} />
          <Textarea label="Summary" data-field="summary" autosize minRows={1} maxRows={4} value={textOf(editor, 'summary')} error={editor.errors['summary']} description="What who finds it reads first" inputWrapperOrder={['label', 'input', 'error']} onChange={(event) => editor.setField('summary', event.currentTarget.value)} />
        </section>
        {template && textOf(editor, 'body').trim() === '' && (
          <p className="asset-template"><Button variant="default" size="compact-sm" onClick={() => editor.setField('body', template)}>Begin with the headings of a {kinds.find(({ value }) => value === textOf(editor, 'kind'))?.label.toLowerCase()}</Button></p>
        )}
        <TextEditor text={textOf(editor, 'body')} error={editor.errors['body']} onChange={(value) => editor.setField('body', value)} />
        <Connected entity={entity} editor={editor} />
        <Other fields={editor.asked.filter((field) => !field.read_only && field.kind !== 'lines' && !ownPlaces.has(field.name))} editor={editor} />
      </div>
      {editor.conflict && <ConflictDialog entity={entity} editor={editor} conflict={editor.conflict} />}
    </Page>
  );
}

function Connected({ entity, editor }: { entity: Entity; editor: RecordEditor }) {
  const topics = fieldNamed(entity, 'topics');
  const links = fieldNamed(entity, 'links');
  return (
    <div className="asset-connected">
      {topics && <Panel title="Topics"><AssetTopicsInput lines={linesOf(editor.draft, 'topics')} fields={editor.lineFieldsOf(topics)} onChange={(lines) => editor.setField('topics', lines)} /></Panel>}
      {links && <Panel title="Linked records"><AssetLinksInput entity={entity} id={editor.record?.id ?? null} lines={linesOf(editor.draft, 'links')} fields={editor.lineFieldsOf(links)} onChange={(lines) => editor.setField('links', lines)} /></Panel>}
    </div>
  );
}

function Other({ fields, editor }: { fields: Field[]; editor: RecordEditor }) {
  if (fields.length === 0) return null;
  return (
    <Panel title="Who answers for it, and how long it holds">
      <div className="field-grid">
        {fields.map((field) => (
          <div key={field.name} className="field" data-wide={field.multiline ? '' : undefined}>
            <FieldInput field={field} value={editor.draft[field.name]} error={editor.errors[field.name]} onChange={(value) => editor.setField(field.name, value)} />
          </div>
        ))}
      </div>
    </Panel>
  );
}
