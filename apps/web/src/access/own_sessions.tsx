import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { formatInstant } from '../format/day';
import { Panel, ProblemAlert } from '../shell/page';
import { endSession, ownSessionsQuery, type OwnSession } from './account';
import { useAttempt } from './attempt';

/** Where one is signed in. The session of this window is ended by signing out. */
export function OwnSessions() {
  const client = useQueryClient();
  const { data, error } = useQuery(ownSessionsQuery);
  const { isBusy, problem, attempt } = useAttempt();
  const rows = data?.rows ?? [];
  const others = rows.filter((row) => !row.current);
  const endAll = (sessions: OwnSession[]) =>
    attempt(async () => {
      for (const { id } of sessions) await endSession(id);
      await client.invalidateQueries(ownSessionsQuery);
    });
  return (
    <Panel
      title="Where you are signed in"
      actions={others.length > 1 && <Button variant="default" size="compact-xs" loading={isBusy} onClick={() => void endAll(others)}>End all others</Button>}
    >
      <ProblemAlert error={problem ?? error} />
      <table className="plain-table">
        <thead><tr><th scope="col">Browser</th><th scope="col">Address</th><th scope="col">Since</th><th scope="col">Last seen</th><th scope="col"><span className="hidden-text">End</span></th></tr></thead>
        <tbody>
          {[...rows].sort((left, right) => Number(right.current) - Number(left.current)).map((row) => (
            <tr key={row.id}>
              <td>{row.agent}</td>
              <td>{row.address}</td>
              <td>{formatInstant(row.started_at)}</td>
              <td>{formatInstant(row.seen_at)}</td>
              <td className="plain-table-action">
                {row.current
                  ? <span className="state" data-tone="good">This one</span>
                  : <Button variant="default" size="compact-xs" aria-label={`End the session of ${row.agent}, ${formatInstant(row.started_at)}`} onClick={() => void endAll([row])}>End</Button>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
