import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatInstant } from '../format/day';
import { Icon } from '../shell/icons';
import { Panel, ProblemAlert } from '../shell/page';
import { ownTokensQuery, revokeToken, type OwnToken } from './account';
import { useAttempt } from './attempt';
import { NewTokenDialog } from './new_token_dialog';
import { useGrantText } from './permissions';
import type { Session } from './session';
import { ShownOnce } from './shown_once';

/** What one's programs use instead of a password. */
export function OwnTokens({ session }: { session: Session }) {
  const client = useQueryClient();
  const { data, error } = useQuery(ownTokensQuery);
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ id: number; token: string } | null>(null);
  const { problem, attempt } = useAttempt();
  const refresh = () => client.invalidateQueries(ownTokensQuery);
  const revoke = (id: number) =>
    attempt(async () => {
      await revokeToken(id);
      if (made?.id === id) setMade(null);
      await refresh();
    });
  const rows = [...(data?.rows ?? [])].sort((left, right) => Number(left.revoked) - Number(right.revoked) || right.id - left.id);
  return (
    <Panel
      title="API tokens"
      actions={<Button variant="default" size="compact-xs" leftSection={<Icon name="plus" size={13} />} onClick={() => setMaking(true)}>New token</Button>}
    >
      <ProblemAlert error={problem ?? error} />
      {made && <ShownOnce label="Token" text={made.token} hint="Copy this token now: it is not shown again." />}
      {data && rows.length === 0 && <p className="soft">Programs that read or write for you sign in with a token. You have none.</p>}
      {rows.length > 0 && <Tokens rows={rows} onRevoke={(id) => void revoke(id)} />}
      {isMaking && (
        <NewTokenDialog
          session={session} onClose={() => setMaking(false)}
          onMade={(token) => { setMade(token); setMaking(false); void refresh(); }}
        />
      )}
    </Panel>
  );
}

function Tokens({ rows, onRevoke }: { rows: OwnToken[]; onRevoke: (id: number) => void }) {
  const grantText = useGrantText();
  return (
    <table className="plain-table">
      <thead><tr><th scope="col">Token</th><th scope="col">May</th><th scope="col">Until</th><th scope="col">Last used</th><th scope="col"><span className="hidden-text">Revoke</span></th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id} data-past={row.revoked ? '' : undefined}>
            <td>{row.title}<br /><code className="soft">{row.prefix}…</code></td>
            <td>{row.permissions.map(grantText).join(', ')}</td>
            <td>{row.expires_on ?? 'Revoked only'}</td>
            <td>{row.used_at ? formatInstant(row.used_at) : <span className="soft">Never</span>}</td>
            <td className="plain-table-action">
              {row.revoked
                ? <span className="state" data-tone="quiet">Revoked</span>
                : <Button variant="default" size="compact-xs" aria-label={`Revoke ${row.title}`} onClick={() => onRevoke(row.id)}>Revoke</Button>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
