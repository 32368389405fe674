import { Button } from '@mantine/core';
import type { RecordChange } from '../live/change_stream';

/** One quiet sentence for who edits a record that somebody else has just changed: what was typed stays. */
export function RecordNews({ change, isBehind, onReload }: { change: RecordChange | null; isBehind: boolean; onReload: () => void }) {
  const isDeleted = change?.deleted === true;
  const reload = () => {
    document.getElementById('main')?.focus();
    onReload();
  };
  return (
    <div role="status" className="record-news">
      {(isBehind || isDeleted) && (
        <>
          <span>{isDeleted ? 'Deleted' : 'Changed'} {change?.by ? `by ${change.by}` : 'elsewhere'} just now</span>
          {!isDeleted && <Button variant="subtle" size="compact-xs" onClick={reload}>Reload</Button>}
        </>
      )}
    </div>
  );
}
