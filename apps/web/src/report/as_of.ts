import type { ReportAnswer } from '../api/contract';
import { formatInstant } from '../format/day';

/** What was read from a replica says as of when it is. */
export function asOfText(answer: Pick<ReportAnswer, 'as_of' | 'seconds_behind'>): string | null {
  if (!answer.as_of) return null;
  const seconds = answer.as_of.slice(16, 19);
  const behind = answer.seconds_behind ? `, ${answer.seconds_behind} s behind` : '';
  return `As of ${formatInstant(answer.as_of)}${seconds}, from the replica${behind}`;
}
