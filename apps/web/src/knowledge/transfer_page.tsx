import { useMemo } from 'react';
import { labelOf, stateOf } from '../api/catalogue';
import type { Entity, RecordRow, Transition } from '../api/contract';
import { ConflictDialog } from '../form/conflict_dialog';
import { RecordActions } from '../form/record_actions';
import { useRecordEditor } from '../form/record_editor';
import { RecordNews } from '../form/record_news';
import { saveKey } from '../form/save_key';
import { listAddress, recordAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { RecordPage } from '../shell/pages';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { LoadedRecord } from './loaded_record';
import './transfer.css';
import { TransferHead } from './transfer_head';
import { TransferLines } from './transfer_lines';

/** What somebody who leaves hands over: to whom, how, by when, and how far that is. */
export default function TransferPage({ entity, id }: { entity: Entity; id: number | null }) {
  if (id === null) return <RecordPage entity={entity} id={null} />;
  return <LoadedRecord entity={entity} id={id}>{(record) => <TransferPlan entity={entity} record={record} />}</LoadedRecord>;
}

function TransferPlan({ entity, record }: { entity: Entity; record: RecordRow }) {
  const editor = useRecordEditor(entity, record, null);
  const acting = useMemo(() => finishFirst(entity), [entity]);
  const current = editor.record ?? record;
  const state = String(current['state'] ?? '');
  const isEditable = entity.editable && stateOf(entity, state)?.editable !== false;
  return (
    <Page
      title={`What ${labelOf(current['employee'])} hands over`} crumb={{ label: entity.plural, to: listAddress(entity) }}
      badge={<><StateBadge entity={entity} state={state} /><RecordNews change={null} isBehind={editor.isBehind} onReload={editor.takeOver} /></>}
      actions={
        <>
          <Link className="plain-link" to={`${recordAddress(entity, current.id ?? 0)}?view=form`}>All fields, history</Link>
          <RecordActions entity={acting} editor={editor} isEditable={isEditable} state={state} />
        </>
      }
    >
      <ProblemAlert error={editor.problem} />
      <div className="transfer" onKeyDown={(event) => saveKey(event, editor)}>
        <TransferHead entity={entity} editor={editor} record={current} isEditable={isEditable} />
        <TransferLines entity={entity} editor={editor} isEditable={isEditable} />
      </div>
      {editor.conflict && <ConflictDialog entity={entity} editor={editor} conflict={editor.conflict} />}
    </Page>
  );
}

/** What the plan is for stands before what only reckons it anew. */
function finishFirst(entity: Entity): Entity {
  const { workflow } = entity;
  if (!workflow) return entity;
  const isFinish = ({ name }: Transition) => name === 'finish';
  return { ...entity, workflow: { ...workflow, transitions: [...workflow.transitions.filter(isFinish), ...workflow.transitions.filter((transition) => !isFinish(transition))] } };
}
