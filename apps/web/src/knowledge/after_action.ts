import { labelOf } from '../api/catalogue';
import type { RecordRow } from '../api/contract';
import type { Draft } from '../form/draft';

/** In the order in which they are asked. */
export const questionNames = ['planned', 'actual', 'why', 'next_time'];

export function answeredCount(draft: Draft): number {
  return questionNames.filter((name) => typeof draft[name] === 'string' && draft[name].trim() !== '').length;
}

/** How far a review has come, in words. */
export function reviewSentence(record: RecordRow, answered: number): string {
  const on = labelOf(record['done_on']);
  if (record['state'] === 'done') return `The review was finished${on ? ` on ${on}` : ''}. What follows from it may still be written.`;
  if (record['state'] === 'waived') return `No review was held${on ? `, as was said on ${on}` : ''}. Its history says why.`;
  if (answered === 0) return 'None of the four questions is answered yet.';
  return answered === questionNames.length ? 'All four questions are answered: the review can be finished.' : `${['One', 'Two', 'Three'][answered - 1]} of the four questions ${answered === 1 ? 'is' : 'are'} answered.`;
}

/** Of what a review has led to, how much is done and what is late. */
export function actionsSentence(actions: { doneOn: string; dueOn: string }[], today: string): string {
  if (actions.length === 0) return '';
  const done = actions.filter(({ doneOn }) => doneOn !== '').length;
  const late = actions.filter(({ doneOn, dueOn }) => doneOn === '' && dueOn !== '' && dueOn < today).length;
  return `${done} of ${actions.length} done${late > 0 ? `, ${late} late` : ''}`;
}
