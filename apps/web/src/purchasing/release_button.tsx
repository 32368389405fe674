import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useCatalogue } from '../api/catalogue';
import { apiPath, send } from '../api/client';
import { useRefreshAll } from '../api/queries';
import type { Payload } from '../form/payload';
import { TransitionDialog } from '../form/transition_dialog';
import { releaseOf, type Release } from './holds';

/** Pays in spite of the hold: always asks, because the reason goes into the history. */
export function ReleaseButton({ holdId, what }: { holdId: number; what: string }) {
  const release = releaseOf(useCatalogue());
  const [isAsking, setAsking] = useState(false);
  if (!release) return null;
  return (
    <>
      <Button variant="default" size="compact-xs" aria-label={`${release.transition.label} ${what}`} onClick={() => setAsking(true)}>
        {release.transition.label}
      </Button>
      {isAsking && <ReleaseDialog release={release} holdId={holdId} onClose={() => setAsking(false)} />}
    </>
  );
}

function ReleaseDialog({ release: { entity, transition }, holdId, onClose }: { release: Release; holdId: number; onClose: () => void }) {
  const refreshAll = useRefreshAll();
  const [problem, setProblem] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (input: Payload): Promise<boolean> => {
    setBusy(true);
    try {
      await send({ method: 'POST', path: apiPath(entity.path, holdId, transition.name), ...(Object.keys(input).length > 0 ? { body: input } : {}) });
      notifications.show({ message: 'Hold released', color: 'teal' });
      void refreshAll();
      return true;
    } catch (error) {
      setProblem(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return <TransitionDialog entity={entity} transition={transition} run={run} problem={problem} isBusy={isBusy} onClose={onClose} />;
}
