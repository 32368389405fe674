import { fieldNamed, useCatalogue } from '../api/catalogue';
import type { Entity } from '../api/contract';
import { linesOf } from '../form/draft';
import { LineGrid } from '../form/line_grid';
import { LineTable } from '../form/line_table';
import type { RecordEditor } from '../form/record_editor';
import { Panel } from '../shell/page';
import { actionsSentence } from './after_action';

const noNarrowing = {};

/** What is done because of the review, by whom and by when. */
export function ReviewActions({ entity, editor, isEditable }: { entity: Entity; editor: RecordEditor; isEditable: boolean }) {
  const { today } = useCatalogue();
  const field = fieldNamed(entity, 'actions');
  if (!field) return null;
  const lines = linesOf(editor.draft, field.name);
  const day = (value: unknown) => (typeof value === 'string' ? value : '');
  const fields = editor.lineFieldsOf(field).filter(({ read_only }) => !read_only);
  const said = actionsSentence(lines.map(({ values }) => ({ doneOn: day(values['done_on']), dueOn: day(values['due_on']) })), today);
  return (
    <Panel title="What follows from it" actions={said && <span className="soft">{said}</span>}>
      {isEditable ? <LineGrid label={field.label} name={field.name} fields={fields} lines={lines} errors={editor.errors} narrowing={noNarrowing} onChange={(next) => editor.setField(field.name, next)} />
        : lines.length > 0 ? <LineTable label={field.label} fields={fields} rows={editor.record?.[field.name]} /> : <p className="soft">Nothing was decided.</p>}
    </Panel>
  );
}
