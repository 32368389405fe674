import { Button, Loader } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCatalogue } from '../api/catalogue';
import { apiPath, read } from '../api/client';
import { formatDecimal } from '../format/decimal';
import { formatInstant } from '../format/day';
import { HistoryChanges } from '../form/history_changes';
import { commandLabel, type PartNames } from '../form/told_change';
import { recordAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import { auditQuery, auditSearchFrom, byDay, type AuditAnswer, type AuditEntry, type AuditSearch } from './audit';
import { AuditSearchForm } from './audit_search_form';
import './operation.css';

const pageRows = 60;

/** Everything that was ever changed, by whom and why, newest first. */
export default function AuditPage() {
  const place = usePlace();
  const search = useMemo(() => auditSearchFrom(place.search), [place.search]);
  const query = auditQuery(search).toString();
  const trail = useInfiniteQuery({
    queryKey: ['audit', query],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) => {
      const wanted = new URLSearchParams(query);
      wanted.set('limit', String(pageRows));
      if (pageParam) wanted.set('before', pageParam);
      return read<AuditAnswer>(`${apiPath('audit')}?${wanted}`, signal);
    },
    getNextPageParam: (last) => (last.rows.length < pageRows ? undefined : String(last.rows.at(-1)?.id)),
  });
  const entries = trail.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = trail.data?.pages[0]?.total;
  const run = (next: AuditSearch) => {
    const text = auditQuery(next).toString();
    void navigate(place.path + (text ? `?${text}` : ''));
  };
  const narrow = (part: Partial<AuditSearch>) => run({ ...search, ...part });
  return (
    <Page
      title="Audit trail" badge={total !== undefined && <span className="soft" data-testid="total">{formatDecimal(String(total))}</span>}
      help="Every change, by whom, when and why. Entries are sealed one by one: nobody changes or removes one unseen."
    >
      <AuditSearchForm key={place.search} search={search} isBusy={trail.isFetching} onRun={run} />
      <ProblemAlert error={trail.error} />
      {!trail.data && !trail.error && <Loader size="sm" role="status" aria-label="Loading" />}
      {trail.data && entries.length === 0 && <p className="soft">Nothing was done that matches.</p>}
      {byDay(entries, (at) => formatInstant(at).slice(0, 10)).map(({ day, entries: own }) => (
        <section key={day} className="audit-day" aria-label={day}>
          <h2>{day}</h2>
          <ol className="panel">
            {own.map((entry) => <Entry key={entry.id} entry={entry} onNarrow={narrow} />)}
          </ol>
        </section>
      ))}
      {trail.hasNextPage && <div className="audit-more"><Button variant="default" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>Earlier entries</Button></div>}
    </Page>
  );
}

const noNames: PartNames = { lines: new Map(), owned: new Map() };

function Entry({ entry, onNarrow }: { entry: AuditEntry; onNarrow: (part: Partial<AuditSearch>) => void }) {
  const catalogue = useCatalogue();
  const entity = catalogue.entity(entry.entity);
  return (
    <li className="audit-entry">
      <time dateTime={entry.at} title={entry.at}>{formatInstant(entry.at).slice(11)}</time>
      <button type="button" className="audit-by" title={`Only by ${entry.by}`} onClick={() => onNarrow({ by: entry.by })}>{entry.by}</button>
      <div className="audit-what">
        <div className="audit-head">
          <b>{commandLabel(catalogue, entity, entry.command)}</b>
          <span className="soft">{entity?.title ?? entry.entity}</span>
          {entity ? <Link className="plain-link" to={recordAddress(entity, entry.record)}>{entry.label}</Link> : <span>{entry.label}</span>}
          <button type="button" className="audit-only" onClick={() => onNarrow({ entity: entry.entity, record: String(entry.record) })}>Only this record</button>
        </div>
        {entry.reason && <p className="audit-reason">{entry.reason}</p>}
        {entity && entry.changes.length > 0 && <EntryChanges count={entry.changes.length}><HistoryChanges entity={entity} changes={entry.changes} names={noNames} /></EntryChanges>}
      </div>
    </li>
  );
}

// A few changes are read at once, many only when they are wanted.
function EntryChanges({ count, children }: { count: number; children: React.ReactNode }) {
  if (count <= 3) return children;
  return <details><summary className="soft">{count} fields</summary>{children}</details>;
}
