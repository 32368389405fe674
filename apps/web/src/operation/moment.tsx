import { formatInstant } from '../format/day';
import type { Told } from './jobs';

/** How long ago or ahead, and exactly when. */
export function Moment({ told: { text, at, tone } }: { told: Told }) {
  return (
    <>
      <span data-tone={tone} className={tone ? 'toned' : undefined}>{text}</span>
      {at && <> <time className="soft" dateTime={at}>{formatInstant(at)}</time></>}
    </>
  );
}
