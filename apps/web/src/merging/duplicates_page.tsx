import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useAttempt } from '../access/attempt';
import { useCatalogue } from '../api/catalogue';
import { apiPath, read, send } from '../api/client';
import type { ListAnswer, RecordRow, Report, ReportRow } from '../api/contract';
import { sentenceOf } from '../api/problem';
import { reportQuery, useRefreshAll } from '../api/queries';
import { formatDecimal } from '../format/decimal';
import { recordAddress } from '../shell/addresses';
import { Page, ProblemAlert } from '../shell/page';
import { Link, navigate, usePlace } from '../shell/router';
import './merging.css';

/** Pairs that may be the same, the likeliest first: compare and merge them, or say that they are two. */
export default function DuplicatesPage({ report }: { report: Report }) {
  const { search } = usePlace();
  const { data, error, isLoading } = useQuery(reportQuery(report.name, new URLSearchParams(search)));
  const rows = data?.rows ?? [];
  return (
    <Page title={report.title} help={report.help} badge={<span className="soft">{data && formatDecimal(String(rows.length))}</span>}>
      <ProblemAlert error={error} />
      {isLoading && <span className="soft" role="status">…</span>}
      {data && rows.length === 0 && <p className="soft">No two parties are alike.</p>}
      <ul className="duplicates">{rows.map((row) => <Pair key={`${String(row['party_id'])} ${String(row['other_id'])}`} row={row} />)}</ul>
    </Page>
  );
}

function Pair({ row }: { row: ReportRow }) {
  const catalogue = useCatalogue();
  const parties = catalogue.entity('directory.party');
  const merges = catalogue.entity('crm.merge');
  const apart = catalogue.entity('crm.told_apart');
  const refreshAll = useRefreshAll();
  const { isBusy, problem, attempt } = useAttempt();
  const party = Number(row['party_id']);
  const other = Number(row['other_id']);
  const names = `${String(row['party'])} and ${String(row['other'])}`;

  // A pair that somebody has begun to compare is gone on with.
  const compare = () => void attempt(async () => {
    if (!merges) return;
    const begun = await read<ListAnswer>(`${apiPath(merges.path)}?survivor=${party}&duplicate=${other}&state=draft&limit=1&fields=state`);
    const merge = begun.rows[0] ?? (await send<RecordRow>({ method: 'POST', path: apiPath(merges.path), body: { survivor: party, duplicate: other } }));
    await navigate(recordAddress(merges, merge.id ?? 0));
  });
  const tell = () => void attempt(async () => {
    if (!apart) return;
    await send({ method: 'POST', path: apiPath(apart.path), body: { party, other } });
    await refreshAll();
  });
  const side = (name: string, id: number) => (parties ? <Link className="plain-link" to={recordAddress(parties, id)}>{name}</Link> : name);
  return (
    <li className="panel duplicate">
      <div className="duplicate-sides"><b>{side(String(row['party']), party)}</b><b>{side(String(row['other']), other)}</b></div>
      <div className="duplicate-score"><b>{rounded(row['score'])} %</b> <span className="soft">alike: {String(row['reasons'] ?? '')}; names {rounded(row['similarity'])} %</span></div>
      <div className="duplicate-ways">
        {merges?.creatable && <Button size="compact-sm" loading={isBusy} aria-label={`Compare and merge ${names}`} onClick={compare}>Compare and merge</Button>}
        {apart?.creatable && <Button size="compact-sm" variant="default" disabled={isBusy} aria-label={`They are two: ${names}`} onClick={tell}>They are two</Button>}
      </div>
      {problem !== null && <p role="alert" className="merge-obstacle">{sentenceOf(problem)}</p>}
    </li>
  );
}

/** A tenth of a percent is as much as a likeness can tell. */
function rounded(value: ReportRow[string] | undefined): string {
  return formatDecimal(String(value ?? '').replace(/(\.\d)\d+$/, '$1'));
}
