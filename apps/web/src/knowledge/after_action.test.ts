import { describe, expect, test } from 'vitest';
import { actionsSentence, answeredCount, reviewSentence } from './after_action';

describe('an after-action review', () => {
  test('counts the questions that have more than blanks for an answer', () => {
    expect(answeredCount({ planned: 'A week', actual: '  ', why: null, title: 'Complaint' })).toBe(1);
  });

  test.each([
    ['open', 0, 'None of the four questions is answered yet.'],
    ['open', 1, 'One of the four questions is answered.'],
    ['open', 3, 'Three of the four questions are answered.'],
    ['open', 4, 'All four questions are answered: the review can be finished.'],
    ['done', 4, 'The review was finished on 2026-03-02. What follows from it may still be written.'],
    ['waived', 0, 'No review was held, as was said on 2026-03-02. Its history says why.'],
  ])('that is %s with %i answers says so', (state, answered, sentence) => {
    expect(reviewSentence({ state, done_on: '2026-03-02' }, answered)).toBe(sentence);
  });

  test('says what is done of what follows from it, and what is late', () => {
    const actions = [{ doneOn: '2026-03-01', dueOn: '2026-02-01' }, { doneOn: '', dueOn: '2026-02-01' }, { doneOn: '', dueOn: '' }];
    expect(actionsSentence(actions, '2026-03-02')).toBe('1 of 3 done, 1 late');
    expect(actionsSentence(actions.slice(0, 1), '2026-03-02')).toBe('1 of 1 done');
    expect(actionsSentence([], '2026-03-02')).toBe('');
  });
});
