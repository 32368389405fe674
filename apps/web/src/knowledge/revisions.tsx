import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { labelOf, useCatalogue } from '../api/catalogue';
import type { Entity, RecordRow } from '../api/contract';
import { listQuery } from '../api/queries';
import { formatInstant } from '../format/day';
import { Panel, ProblemAlert } from '../shell/page';
import { permittedTransition } from './asset';
import { Difference } from './difference';
import { RestoreDialog } from './restore_dialog';

/** Every text that the asset had, what changed with it, and the way back to it. */
export function Revisions({ asset, id, record }: { asset: Entity; id: number; record: RecordRow }) {
  const entity = useCatalogue().entity('knowledge.revision');
  return entity ? <KnownRevisions entity={entity} asset={asset} id={id} record={record} /> : null;
}

function KnownRevisions({ entity, asset, id, record }: { entity: Entity; asset: Entity; id: number; record: RecordRow }) {
  const { data, error } = useQuery(listQuery(entity, new URLSearchParams({ asset: String(id), sort: '-number', limit: '50' })));
  const [opened, open] = useState<number | null>(null);
  const [restored, restore] = useState<RecordRow | null>(null);
  const restoring = permittedTransition(asset, record, 'restore');
  if (error) return <Panel title="Revisions"><ProblemAlert error={error} /></Panel>;
  if (!data || data.rows.length === 0) return null;
  const current = String(data.rows[0]?.['number']);
  return (
    <Panel title="Revisions" className="revisions no-print" actions={<span className="soft">{data.total ?? data.rows.length}</span>}>
      <ol>
        {data.rows.map((row) => {
          const number = String(row['number']);
          const isOpen = opened === row.id;
          return (
            <li key={row.id}>
              <b>{number}</b>
              <span>
                {labelOf(row['why']) || (number === '1' ? 'Written' : 'Changed')}
                <span className="soft"> {labelOf(row['changed_by'])}, <RevisionTime row={row} /></span>
              </span>
              <span className="revision-ways">
                {number !== '1' && <Button variant="subtle" size="compact-xs" aria-expanded={isOpen} aria-label={`What changed in revision ${number}`} onClick={() => open(isOpen ? null : row.id ?? 0)}>What changed</Button>}
                {restoring && number !== current && <Button variant="subtle" color="gray" size="compact-xs" aria-label={`Restore revision ${number}`} onClick={() => restore(row)}>Restore</Button>}
              </span>
              {isOpen && <Difference entity={entity} id={row.id ?? 0} />}
            </li>
          );
        })}
      </ol>
      {restored && restoring && <RestoreDialog asset={asset} id={id} revision={restored} transition={restoring} onClose={() => restore(null)} />}
    </Panel>
  );
}

function RevisionTime({ row }: { row: RecordRow }) {
  const at = labelOf(row['changed_at']);
  return <time dateTime={at}>{formatInstant(at)}</time>;
}
