import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Entity } from '../api/contract';
import { Icon } from '../shell/icons';
import { ProblemAlert } from '../shell/page';
import { AttachmentItem } from './attachment_item';
import { attachmentsQuery, type Attachment } from './attachments';
import './attachments.css';
import { useFileDrop } from './file_drop';
import { RemoveDialog } from './remove_dialog';
import { useSending } from './sending';
import { SendingItem } from './sending_item';

interface AttachmentsPanelProps {
  entity: Entity;
  id: number;
  /** Whether the record may be changed, and with it what is attached. */
  isEditable: boolean;
}

/** The files that belong to a record: looked at, saved, added by a button or by dropping them anywhere on its page, removed. */
export function AttachmentsPanel({ entity, id, isEditable }: AttachmentsPanelProps) {
  const mayAdd = entity.attachable === true;
  const { data, error } = useQuery(attachmentsQuery(entity, id));
  const { sendings, add, again, forget } = useSending(entity, id);
  const [removed, remove] = useState<Attachment | null>(null);
  const isOver = useFileDrop(mayAdd, add);
  const panel = useRef<HTMLElement>(null);
  const rows = data?.rows ?? [];
  if (!mayAdd && rows.length === 0 && !error) return null;
  return (
    <section ref={panel} tabIndex={-1} className="panel attachments no-print" data-over={isOver ? '' : undefined} aria-label="Attachments">
      <div className="panel-head">
        <h2>Attachments{rows.length > 0 && <span className="soft"> {rows.length}</span>}</h2>
        <div className="page-head-fill" />
        {mayAdd && <AddButton onChosen={add} />}
      </div>
      <div className="panel-body">
        <ProblemAlert error={error} />
        {data && rows.length === 0 && sendings.length === 0 && (
          <p className="soft attachments-none">No files yet.<span className="attachments-drop"> Drop them anywhere on this page.</span></p>
        )}
        {rows.length > 0 && (
          <ul className="attachment-list">
            {rows.map((row) => <AttachmentItem key={row.id} entity={entity} id={id} attachment={row} onRemove={isEditable ? () => remove(row) : null} />)}
          </ul>
        )}
        {sendings.length > 0 && (
          <ul className="attachment-list" aria-label="Files being attached">
            {sendings.map((one) => <SendingItem key={one.key} sending={one} onAgain={() => again(one)} onForget={() => { forget(one.key); panel.current?.focus(); }} />)}
          </ul>
        )}
      </div>
      {isOver && <div className="attachments-over">Drop to attach</div>}
      {removed && <RemoveDialog entity={entity} id={id} attachment={removed} onClose={() => remove(null)} onRemoved={() => panel.current?.focus()} />}
    </section>
  );
}

function AddButton({ onChosen }: { onChosen: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: HTMLInputElement) => {
    onChosen([...(chosen.files ?? [])]);
    chosen.value = '';
  };
  return (
    <>
      <Button variant="default" size="compact-xs" leftSection={<Icon name="plus" size={13} />} onClick={() => input.current?.click()}>Add files</Button>
      <input ref={input} type="file" multiple hidden aria-label="Files to attach" onChange={(event) => choose(event.currentTarget)} />
    </>
  );
}
