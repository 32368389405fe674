import { Button, Kbd } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useAttempt } from '../access/attempt';
import { labelOf, useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import type { Entity, RecordRow } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { reportQuery, useRefreshAll } from '../api/queries';
import { recordAddress } from '../shell/addresses';
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
  const [isCapturing, capture] = useState(false);
  const mayCapture = assets?.creatable === true;
  useLetter('l', mayCapture ? () => capture(true) : null);
  if (!assets) return null;
  return (
    <>
      {isShown && (
        <aside className="panel record-knowledge no-print" aria-label="Knowledge">
          <h2>Knowledge</h2>
          <Known report="knowledge.assets_about" assets={assets} entity={entity} record={record} none="Nothing is written about it yet." />
          <Known report="knowledge.lessons_for" assets={assets} entity={entity} record={record} title="Lessons of records like it" />
          <div className="record-knowledge-ways">
            {mayCapture && <Button variant="default" size="compact-sm" leftSection={<Icon name="bulb" size={14} />} rightSection={<Kbd size="xs">L</Kbd>} aria-keyshortcuts="L" onClick={() => capture(true)}>Capture a lesson</Button>}
            <GuideChoice entity={entity} record={record} />
          </div>
        </aside>
      )}
      {isCapturing && <Suspense><LessonDialog assets={assets} about={{ entity, id: record.id ?? 0, label: labelOf(record[entity.display]) }} onClose={() => capture(false)} /></Suspense>}
    </>
  );
}

interface KnownProps {
  report: string;
  assets: Entity;
  entity: Entity;
  record: RecordRow;
  title?: string;
  none?: string;
}

function Known({ report, assets, entity, record, title, none }: KnownProps) {
  const isThere = useCatalogue().report(report) !== undefined;
  const { data, error } = useQuery({ ...reportQuery(report, new URLSearchParams({ entity: entity.name, record: String(record.id ?? 0) })), enabled: isThere, staleTime: 60_000 });
  const rows = assetRows(data);
  if (error) return <ProblemAlert error={error} />;
  if (!data || (rows.length === 0 && !none)) return null;
  return (
    <>
      {title && <h3>{title}</h3>}
      {rows.length === 0 ? <p className="soft">{none}</p> : <ul>{rows.slice(0, shownAtOnce).map((row) => <KnownAsset key={row.id} assets={assets} row={row}>{title && <Prepared entity={entity} record={record} row={row} />}</KnownAsset>)}</ul>}
    </>
  );
}

function KnownAsset({ assets, row, children }: { assets: Entity; row: AssetRow; children: ReactNode }) {
  return (
    <li>
      <Link className="plain-link" to={recordAddress(assets, row.id)}>{row.title}</Link>
      {row.state && row.state !== 'verified' && <StateBadge entity={assets} state={row.state} />}
      {children}
    </li>
  );
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
