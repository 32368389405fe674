import { Textarea } from '@mantine/core';
import { fieldNamed } from '../api/catalogue';
import type { Entity } from '../api/contract';
import type { RecordEditor } from '../form/record_editor';
import { questionNames } from './after_action';

/** The four questions, each with the room that an answer needs; read as text where nobody may write any more. */
export function FourQuestions({ entity, editor, isEditable }: { entity: Entity; editor: RecordEditor; isEditable: boolean }) {
  return (
    <ol className="four-questions">
      {questionNames.flatMap((name) => fieldNamed(entity, name) ?? []).map(({ name, label }) => {
        const text = typeof editor.draft[name] === 'string' ? editor.draft[name] : '';
        return (
          <li key={name} className="panel">
            {isEditable ? (
              <Textarea label={label} data-field={name} autosize minRows={4} maxRows={16} value={text} error={editor.errors[name]} onChange={(event) => editor.setField(name, event.currentTarget.value)} />
            ) : (
              <><h2>{label}</h2><p className={text ? 'four-answer' : 'soft'}>{text || 'Not answered'}</p></>
            )}
          </li>
        );
      })}
    </ol>
  );
}
