import { useMemo } from 'react';
import { labelOf, stateOf } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { ConflictDialog } from '../form/conflict_dialog';
import { RecordActions } from '../form/record_actions';
import { useRecordEditor } from '../form/record_editor';
import { RecordNews } from '../form/record_news';
import { saveKey } from '../form/save_key';
import { listAddress, recordAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, usePlace } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import './after_action.css';
import { answeredCount, reviewSentence } from './after_action';
import { FourQuestions } from './four_questions';
import { LoadedRecord } from './loaded_record';
import { ReviewActions } from './review_actions';
import { ReviewSide } from './review_side';

/** Four questions about what has come to an end, what follows from the answers, and what was learned. */
export default function AfterActionPage({ entity, id }: { entity: Entity; id: number | null }) {
  const { search } = usePlace();
  const prefill = useMemo(() => givenFrom(search), [search]);
  if (id === null) return <AfterAction entity={entity} record={null} prefill={prefill} />;
  return <LoadedRecord entity={entity} id={id}>{(record) => <AfterAction entity={entity} record={record} prefill={null} />}</LoadedRecord>;
}

/** `/knowledge/reviews/new?entity=crm.complaint&record=12` is about that complaint. */
function givenFrom(search: string): RecordRow | null {
  const query = new URLSearchParams(search);
  const [entity, record] = [query.get('entity'), Number(query.get('record') ?? 0)];
  return entity && record > 0 ? { entity, record } : null;
}

function AfterAction({ entity, record, prefill }: { entity: Entity; record: RecordRow | null; prefill: RecordRow | null }) {
  const editor = useRecordEditor(entity, record, prefill);
  const current = editor.record;
  const state = current ? String(current['state'] ?? '') : null;
  const isEditable = current ? entity.editable && stateOf(entity, state)?.editable !== false : entity.creatable;
  const acting = useMemo(() => (record ? entity : { ...entity, workflow: entity.workflow && { ...entity.workflow, transitions: [] } }), [entity, record]);
  return (
    <Page
      title={labelOf(current?.[entity.display]) || `New ${entity.title.toLowerCase()}`} crumb={{ label: entity.plural, to: listAddress(entity) }}
      badge={<>{state && <StateBadge entity={entity} state={state} />}{current && <RecordNews change={null} isBehind={editor.isBehind} onReload={editor.takeOver} />}</>}
      actions={
        <>
          {current && <Link className="plain-link" to={`${recordAddress(entity, current.id ?? 0)}?view=form`}>All fields, history</Link>}
          <RecordActions entity={acting} editor={editor} isEditable={isEditable} state={state} />
        </>
      }
    >
      <ProblemAlert error={editor.problem} />
      <div className="after-action" data-new={record ? undefined : ''} onKeyDown={(event) => saveKey(event, editor)}>
        <div className="after-action-main">
          {current && <p className="after-action-said" role="status">{reviewSentence(current, answeredCount(editor.draft))}</p>}
          <FourQuestions entity={entity} editor={editor} isEditable={isEditable} />
          <ReviewActions entity={entity} editor={editor} isEditable={isEditable} />
        </div>
        <ReviewSide editor={editor} isEditable={isEditable} />
      </div>
      {editor.conflict && <ConflictDialog entity={entity} editor={editor} conflict={editor.conflict} />}
    </Page>
  );
}
