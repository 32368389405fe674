import { fieldNamed, useCatalogue } from '../api/catalogue';
import type { Entity, Reference } from '../api/contract';
import { blankLine, linesOf, type Draft, type DraftLine } from '../form/draft';
import type { RecordEditor } from '../form/record_editor';
import { ReferenceSelect } from '../form/reference_select';
import { TransferTopic } from './transfer_topic';

/** The topics that are at risk, each with who takes it over, how, by when, and whether it is done. */
export function TransferLines({ entity, editor, isEditable }: { entity: Entity; editor: RecordEditor; isEditable: boolean }) {
  const topics = useCatalogue().entity('knowledge.topic');
  const field = fieldNamed(entity, 'lines');
  if (!field) return null;
  const fields = editor.lineFieldsOf(field);
  const lines = linesOf(editor.draft, field.name);
  const set = (next: DraftLine[]) => editor.setField(field.name, next);
  const change = (key: string, values: Draft) => set(lines.map((line) => (line.key === key ? { ...line, values: { ...line.values, ...values } } : line)));
  const add = (topic: Reference | null) => {
    if (!topic) return;
    const line = blankLine(fields);
    set([...lines, { ...line, values: { ...line.values, topic } }]);
  };
  return (
    <>
      <ul className="transfer-lines" aria-label="Topics at risk">
        {lines.map((line, index) => (
          <li key={line.key}><TransferTopic
            line={line} fields={fields} isEditable={isEditable} errorOf={(name) => editor.errors[`${field.name}[${index}].${name}`]}
            onChange={(values) => change(line.key, values)} onRemove={() => set(lines.filter(({ key }) => key !== line.key))}
          /></li>
        ))}
      </ul>
      {isEditable && topics && <div className="transfer-more"><ReferenceSelect label="One more topic" entity={topics} value={null} narrowing="active=true" onChange={add} /></div>}
    </>
  );
}
