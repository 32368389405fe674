import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import type { RecordRow } from '../api/contract';
import { humanised } from '../format/value_text';
import { useFollowing } from '../live/following';
import { reportPageAddress } from '../shell/addresses';
import { ProblemAlert } from '../shell/page';
import { Link } from '../shell/router';
import { LogLine } from './log_line';
import { kindsOf, timelineQuery, timelineReport } from './timeline';
import { TimelineEntry } from './timeline_entry';
import './customer.css';

/** All that happened between a party and us, newest first; older entries are fetched as one scrolls to them. */
export default function TimelinePanel({ title, record }: { title: string; record: RecordRow }) {
  const catalogue = useCatalogue();
  const party = record.id ?? 0;
  const [kind, setKind] = useState('');
  const { data, error, isLoading, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(timelineQuery(party, kind));
  useFollowing('entity=crm.touchpoint');
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length, getScrollElement: () => box.current, estimateSize: () => 46, overscan: 8, getItemKey: (at) => Number(rows[at]?.['touchpoint_id'] ?? at),
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && rows.length > 0 && last >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, rows.length, last, fetchNextPage]);

  const kinds = kindsOf(rows, kind).map((name) => ({ value: name, label: humanised(name) }));
  return (
    <section className="panel timeline" aria-label={title}>
      <div className="panel-head">
        <h2>{title}</h2>
        <div className="page-head-fill" />
        <NativeSelect aria-label="Kind of entries" value={kind} data={[{ value: '', label: 'Everything' }, ...kinds]} onChange={(event) => setKind(event.currentTarget.value)} />
        <Link className="plain-link no-print" to={reportPageAddress(catalogue, timelineReport, { party: String(party) })}>Open report<span className="hidden-text">: {title}</span></Link>
      </div>
      <div className="panel-body">
        <LogLine party={party} />
        <ProblemAlert error={error} />
        {isLoading && <span className="soft" role="status">…</span>}
        {!isLoading && !error && rows.length === 0 && <p className="soft timeline-empty">{kind ? 'Nothing of the kind.' : 'Nothing has happened yet.'}</p>}
        {rows.length > 0 && (
          <div className="timeline-box" ref={box} tabIndex={0} role="group" aria-label={`${title}: entries`}>
            <ol style={{ height: virtualizer.getTotalSize() }}>
              {items.map((item) => (
                <li key={item.key} ref={virtualizer.measureElement} data-index={item.index} style={{ transform: `translateY(${item.start}px)` }}>
                  <TimelineEntry row={rows[item.index]!} party={party} />
                </li>
              ))}
            </ol>
          </div>
        )}
      </div>
    </section>
  );
}
