import { Button, Kbd } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useAttempt } from '../access/attempt';
import { labelOf, openStates, useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { reportQuery, useRefreshAll } from '../api/queries';
import { newRecordAddress, recordAddress } from '../shell/addresses';
import { Icon } from '../shell/icons';
import { later } from '../shell/later';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { StateBadge } from '../shell/state_badge';
import { assetRows, type AssetRow } from './asset_rows';
import { GuideChoice } from './guide_choice';
import './record_knowledge.css';

const LessonDialog = later(() => import('./lesson_dialog'));
const shownAtOnce = 5;

/** Beside a record: what is known about it, what was learned from those like it, and the way to write down what it taught. */
export default function RecordKnowledge({ entity, record, isShown }: { entity: Entity; record: RecordRow; isShown: boolean }) {
  const assets = useCatalogue().entity('knowledge.asset');
  const reviews = useCatalogue().entity('knowledge.review');
  const [isCapturing, capture] = useState(false);
  const mayCapture = assets?.creatable === true;
  useLetter('l', mayCapture ? () => capture(true) : null);
  const about = useKnown('knowledge.assets_about', entity, record);
  const lessons = useKnown('knowledge.lessons_for', entity, record);
  const known = about.rows?.slice(0, shownAtOnce) ?? [];
  const learned = lessons.rows?.filter(({ id }) => !known.some((row) => row.id === id)).slice(0, shownAtOnce) ?? [];
  if (!assets) return null;
  return (
    <>
      {isShown && (
        <aside className="panel record-knowledge no-print" aria-label="Knowledge">
          <h2>Knowledge</h2>
          <ProblemAlert error={about.error ?? lessons.error} />
          {about.rows?.length === 0 && <p className="soft">Nothing is written about it yet.</p>}
          <KnownAssets assets={assets} rows={known} />
          {learned.length > 0 && <h3>Lessons of records like it</h3>}
          <KnownAssets assets={assets} rows={learned} after={(row) => <Prepared entity={entity} record={record} row={row} />} />
          <div className="record-knowledge-ways">
            {mayCapture && <Button variant="default" size="compact-sm" leftSection={<Icon name="bulb" size={14} />} rightSection={<Kbd size="xs">L</Kbd>} aria-keyshortcuts="L" onClick={() => capture(true)}>Capture a lesson</Button>}
            <GuideChoice entity={entity} record={record} />
            {reviews?.creatable && hasEnded(entity, record) && <Link className="plain-link" to={`${newRecordAddress(reviews)}?entity=${entity.name}&record=${record.id ?? 0}`}>Review how it went</Link>}
          </div>
        </aside>
      )}
      {isCapturing && <Suspense><LessonDialog assets={assets} about={{ entity, id: record.id ?? 0, label: labelOf(record[entity.display]) }} onClose={() => capture(false)} /></Suspense>}
    </>
  );
}

/** The assets that a report names for this record; null while they are not known, or where nobody can tell. */
function useKnown(report: string, entity: Entity, record: RecordRow): { rows: AssetRow[] | null; error: unknown } {
  const isThere = useCatalogue().report(report) !== undefined;
  const { data, error } = useQuery({ ...reportQuery(report, new URLSearchParams({ entity: entity.name, record: String(record.id ?? 0) })), enabled: isThere, staleTime: 60_000 });
  return { rows: data ? assetRows(data) : null, error };
}

function KnownAssets({ assets, rows, after }: { assets: Entity; rows: AssetRow[]; after?: (row: AssetRow) => ReactNode }) {
  if (rows.length === 0) return null;
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id}>
          <Link className="plain-link" to={recordAddress(assets, row.id)}>{row.title}</Link>
          {row.state && row.state !== 'verified' && <StateBadge entity={assets} state={row.state} />}
          {after?.(row)}
        </li>
      ))}
    </ul>
  );
}

/** Nothing leads on from its state: it can be looked back at. */
function hasEnded(entity: Entity, record: RecordRow): boolean {
  return entity.workflow !== null && !openStates(entity).some(({ name }) => name === record[entity.workflow!.field]);
}

/** That a lesson was gone through for this record, or the way to say so. */
function Prepared({ entity, record, row }: { entity: Entity; record: RecordRow; row: AssetRow }) {
  const preparations = useCatalogue().entity('knowledge.preparation');
  const refreshAll = useRefreshAll();
  const { isBusy, problem, attempt } = useAttempt();
  if (row.preparedBy) return <span className="soft record-prepared">gone through by {row.preparedBy}</span>;
  if (!preparations?.creatable) return null;
  const keep = () => void attempt(async () => {
    await send({ method: 'POST', path: apiPath(preparations.path), body: { entity: entity.name, record: record.id ?? 0, lesson: row.id } });
    await refreshAll();
  });
  return (
    <>
      <Button variant="subtle" size="compact-xs" loading={isBusy} onClick={keep} aria-label={`I have gone through ${row.title}`}>Gone through</Button>
      {problem !== null && <span role="alert" className="record-refused">{sentenceOf(problem)}</span>}
    </>
  );
}

/** One key, pressed where nobody is typing and nothing lies over the page. */
function useLetter(letter: string, action: (() => void) | null) {
  useEffect(() => {
    if (!action) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== letter || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, select, [contenteditable], [role=grid], [role=listbox]') || document.querySelector('[role=dialog]')) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [letter, action]);
}
