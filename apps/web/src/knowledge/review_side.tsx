import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { FieldInput } from '../form/field_input';
import type { RecordEditor } from '../form/record_editor';
import { SourceFact } from '../form/source_fact';
import { sourceRecordOf } from '../form/source_record';
import { ValueView } from '../form/value_view';
import { Panel, ProblemAlert } from '../shell/page';
import { questionNames } from './after_action';
import { AssetList } from './asset_list';
import { useAssetsByLine } from './assets_by_line';
import { dueText } from './due';
import { RecordPicker } from './record_picker';

interface ReviewSideProps {
  editor: RecordEditor;
  isEditable: boolean;
}

const ownPlaces = new Set(['entity', 'record', 'title', 'state', ...questionNames]);

/** The record that it is about, who answers and by when, and the lessons that were taken from it. */
export function ReviewSide({ editor, isEditable }: ReviewSideProps) {
  const catalogue = useCatalogue();
  const about = { entity: textOf(editor, 'entity'), record: textOf(editor, 'record') };
  const source = sourceRecordOf(catalogue, about);
  const assets = catalogue.entity('knowledge.asset');
  const links = catalogue.entity('knowledge.asset_link');
  const state = labelOf(editor.record?.['state']);
  const due = labelOf(editor.record?.['due_on']);
  const fields = editor.asked.filter(({ name, kind }) => kind !== 'lines' && !ownPlaces.has(name));
  const entered = isEditable ? fields.filter(({ read_only }) => !read_only) : [];
  const facts = fields.filter((field) => !entered.includes(field) && labelOf(editor.record?.[field.name]) !== '');
  return (
    <aside className="after-action-side" aria-label="About this review">
      <section className="panel after-action-facts">
        {state === 'open' && due && <p><span className="state" data-tone={dueText(due, catalogue.today).tone}>{dueText(due, catalogue.today).text}</span></p>}
        <dl>
          {source && <SourceFact source={source} />}
          {facts.map((field) => <div key={field.name}><dt>{field.label}</dt><dd><ValueView field={field} value={editor.record?.[field.name]} /></dd></div>)}
        </dl>
        {!editor.record && isEditable && (
          <RecordPicker label={source ? 'About another record' : 'What it is about'} onPick={(hit) => { editor.setField('entity', hit.entity); editor.setField('record', String(hit.id)); }} />
        )}
        {(editor.errors['entity'] ?? editor.errors['record']) && <p role="alert" className="after-action-refused">Choose the record that has come to an end.</p>}
        {entered.map((field) => <FieldInput key={field.name} field={{ ...field, help: null }} value={editor.draft[field.name]} error={editor.errors[field.name]} onChange={(value) => editor.setField(field.name, value)} />)}
      </section>
      {source && assets && links && <LessonsTaken assets={assets} links={links} about={about} />}
    </aside>
  );
}

function LessonsTaken({ assets, links, about }: { assets: Entity; links: Entity; about: Record<string, string> }) {
  const { rows, error } = useAssetsByLine(assets, links, about, { kind: 'lesson' });
  return (
    <Panel title="Lessons taken from it">
      <ProblemAlert error={error} />
      {rows?.length === 0 && <p className="soft">None yet.</p>}
      {rows && rows.length > 0 && <AssetList assets={assets} rows={rows} label="Lessons taken from it" />}
    </Panel>
  );
}

function textOf(editor: RecordEditor, name: string): string {
  const value = editor.draft[name];
  return typeof value === 'string' ? value : '';
}
