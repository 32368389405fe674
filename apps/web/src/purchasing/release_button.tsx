import { useCatalogue } from '../api/catalogue';
import { TransitionButtons } from '../form/transition_buttons';
import { releaseOf } from './holds';

/** Pays in spite of the hold: always asks, because the reason goes into the history. */
export function ReleaseButton({ holdId, what }: { holdId: number; what: string }) {
  const release = releaseOf(useCatalogue());
  return release && <TransitionButtons entity={release.entity} id={holdId} transitions={[release.transition]} what={what} done={() => 'Hold released'} />;
}
