import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { Report, ReportRow } from '../api/contract';
import { reportQuery } from '../api/queries';
import { formatDecimal, isZero } from '../format/decimal';
import { useFollowing } from '../live/following';
import { Page, ProblemAlert } from '../shell/page';
import { usePlace } from '../shell/router';
import { CallDetails } from './call_details';
import { CallItem } from './call_item';
import { outcomeOfKey, steppedPlace } from './call_keys';
import './calls.css';

/** The calls of today, what is most at stake first; beside the chosen one what to say, and what came of it in two keystrokes. */
export default function CallsPage({ report }: { report: Report }) {
  const catalogue = useCatalogue();
  const { search } = usePlace();
  const calls = catalogue.entity('crm.follow_up');
  const { data, error, isLoading } = useQuery(reportQuery(report.name, new URLSearchParams(search)));
  useFollowing('entity=crm.follow_up');
  const [place, setPlace] = useState(0);
  const [outcome, choose] = useState<string | null>(null);
  const [wantsSaving, wantSaving] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const rows = data?.rows ?? [];
  const at = Math.min(place, Math.max(rows.length - 1, 0));
  const chosen: ReportRow | undefined = rows[at];
  const done = calls?.workflow?.transitions.find((transition) => transition.name === 'done');
  const outcomes = done?.input.find((input) => input.name === 'outcome')?.choices ?? [];

  const go = (next: number) => {
    setPlace(next);
    choose(null);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const next = steppedPlace(event.key, at, rows.length);
    const named = outcomeOfKey(event.key, outcomes.map(({ value }) => value));
    if (next !== null) go(next);
    else if (named) choose(named);
    else if (event.key === 'Enter' && outcome) wantSaving(wantsSaving + 1);
    else return;
    event.preventDefault();
  };
  useEffect(() => list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [at]);
  const isThere = rows.length > 0;
  useEffect(() => { if (isThere) list.current?.focus({ preventScroll: true }); }, [isThere]);

  const total = String(data?.totals?.['expected_value'] ?? '0');
  return (
    <Page
      title={report.title} fills help="↑ ↓ choose a call, 1 to 7 its outcome, Enter saves it and goes on to the next."
      badge={<span className="soft">{isThere && `${formatDecimal(String(rows.length))}${!isZero(total) ? ` · ${formatDecimal(total, catalogue.company.decimals)} ${catalogue.company.currency} at stake` : ''}`}</span>}
    >
      <ProblemAlert error={error} />
      {!isLoading && !error && !isThere && <p className="soft">Nobody is to be called today.</p>}
      {isThere && (
        <div className="calls">
          <ul
            ref={list} className="panel calls-list" role="listbox" aria-label="Calls" tabIndex={0} onKeyDown={onKey}
            aria-activedescendant={chosen ? `call-${String(chosen['call_id'])}` : undefined}
          >
            {rows.map((row, index) => <CallItem key={String(row['call_id'])} row={row} isChosen={index === at} onChoose={() => { go(index); list.current?.focus(); }} />)}
          </ul>
          {chosen && calls && (
            <CallDetails
              key={String(chosen['call_id'])} entity={calls} row={chosen} transition={done} outcome={outcome} onOutcome={choose} wantsSaving={wantsSaving}
              onSaved={() => { choose(null); list.current?.focus(); }}
            />
          )}
        </div>
      )}
    </Page>
  );
}
