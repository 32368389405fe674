import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { labelOf, stateOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { recordQuery } from '../api/queries';
import { ConflictDialog } from '../form/conflict_dialog';
import { FieldInput } from '../form/field_input';
import { RecordActions } from '../form/record_actions';
import { useRecordEditor } from '../form/record_editor';
import { RecordNews } from '../form/record_news';
import { useFollowing } from '../live/following';
import { listAddress, recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { Page, ProblemAlert } from '../shell/page';
import { Link, usePlace } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import './guide_editor.css';
import { GuideBranch } from './guide_branch';
import { useGuideDraft } from './guide_draft';
import { faultsOf, treeOf } from './guide_tree';

/** A version of a guide as a tree: each question with its answers, each answer with what it leads to, what is missing beside it. */
export default function GuideEditor({ entity, id }: { entity: Entity; id: number | null }) {
  const { search } = usePlace();
  const guide = new URLSearchParams(search).get('guide');
  const prefill = useMemo(() => (guide ? { guide: { id: Number(guide), label: '' } } : null), [guide]);
  return id === null ? <WrittenGuide entity={entity} record={null} prefill={prefill} /> : <LoadedGuide entity={entity} id={id} />;
}

function LoadedGuide({ entity, id }: { entity: Entity; id: number }) {
  const { data, error } = useQuery(recordQuery(entity, id));
  useFollowing(`record=${entity.name}/${id}`);
  if (data) return <WrittenGuide entity={entity} record={data} prefill={null} />;
  return <Page title={entity.title} crumb={{ label: entity.plural, to: listAddress(entity) }}><ProblemAlert error={error} /></Page>;
}

function WrittenGuide({ entity, record, prefill }: { entity: Entity; record: RecordRow | null; prefill: RecordRow | null }) {
  const editor = useRecordEditor(entity, record, prefill);
  const current = editor.record;
  const state = current ? String(current['state'] ?? '') : null;
  const isEditable = current ? entity.editable && stateOf(entity, state)?.editable !== false : entity.creatable;
  const guide = useGuideDraft(entity, editor);
  const tree = useMemo(() => treeOf(guide.steps, guide.answers), [guide.steps, guide.answers]);
  const faults = useMemo(() => faultsOf(guide.steps, guide.answers), [guide.steps, guide.answers]);
  const whole = faults.filter(({ code }) => code === null);
  return (
    <Page
      title={labelOf(current?.['name']) || labelOf(editor.draft['guide'] as never) || `New ${entity.title.toLowerCase()}`} crumb={{ label: entity.plural, to: listAddress(entity) }}
      badge={<>{state && <StateBadge entity={entity} state={state} />}{current && <RecordNews change={null} isBehind={editor.isBehind} onReload={editor.takeOver} />}</>}
      actions={
        <>
          {current && <Link className="plain-link" to={`${recordAddress(entity, current.id ?? 0)}?view=form`}>All fields, history</Link>}
          <RecordActions entity={entity} editor={editor} isEditable={isEditable} state={state} />
        </>
      }
    >
      <ProblemAlert error={editor.problem} />
      {!current && <GuideOfVersion entity={entity} editor={editor} />}
      <p className="guide-said" role="status">{saidOf(guide.steps.length, faults.length, isEditable)}</p>
      {isEditable && whole.map(({ text }) => <p key={text} className="guide-fault"><Icon name="warning" size={14} /> {text}</p>)}
      <ul className="guide-tree">
        {tree.roots.map((node) => <li key={`${node.code} ${node.place}`}><GuideBranch node={node} guide={guide} faults={isEditable ? faults : []} isEditable={isEditable} /></li>)}
      </ul>
      {isEditable && guide.steps.length === 0 && <Button className="guide-begin" variant="default" leftSection={<Icon name="plus" size={14} />} onClick={() => guide.addStep()}>Begin with a question</Button>}
      {editor.conflict && <ConflictDialog entity={entity} editor={editor} conflict={editor.conflict} />}
    </Page>
  );
}

function GuideOfVersion({ entity, editor }: { entity: Entity; editor: ReturnType<typeof useRecordEditor> }) {
  const field = entity.fields.find(({ name }) => name === 'guide');
  const guides = useCatalogue().entity('knowledge.guide');
  if (!field || !guides) return null;
  return <div className="panel guide-of"><FieldInput field={field} value={editor.draft['guide']} error={editor.errors['guide']} autoFocus onChange={(value) => editor.setField('guide', value)} /></div>;
}

function saidOf(steps: number, faults: number, isEditable: boolean): string {
  if (!isEditable || steps === 0) return '';
  return faults === 0 ? 'Every way ends in something: it can be published.' : faults === 1 ? 'One thing is missing before it can be published.' : `${faults} things are missing before it can be published.`;
}
