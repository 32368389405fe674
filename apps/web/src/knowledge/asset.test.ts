import { describe, expect, it } from 'vitest';
import { shortened, standingSentence, type DifferenceLine } from './asset';

describe('an asset', () => {
  it('says in each state how far it can be relied on', () => {
    expect(standingSentence({ state: 'draft' })).toBe('Being written. Nobody has checked it yet.');
    expect(standingSentence({ state: 'verified', verifier: { id: 1, label: 'Rob Walters' }, verified_on: '2026-10-13', review_on: '2027-04-11' })).toBe('Checked by Rob Walters on 2026-10-13. It is looked at again on 2027-04-11.');
    expect(standingSentence({ state: 'verified', verifier: null, verified_on: null, review_on: null })).toBe('Checked.');
    expect(standingSentence({ state: 'needs_review', verified_on: '2026-01-26' })).toContain('last right on 2026-01-26');
  });
});

describe('what changed between two revisions', () => {
  const lines = (text: string): DifferenceLine[] => [...text].map((mark, index) => ({ part: 'body', change: mark === '+' ? 'added' : mark === '-' ? 'removed' : 'kept', text: String(index) }));

  it('stands with two lines around it, and the rest is counted', () => {
    expect(shortened(lines('....+-....')).map((line) => (line.change === 'skipped' ? line.count : line.text))).toEqual([2, '2', '3', '4', '5', '6', '7', 2]);
  });

  it('is everything when everything is new, and one count when nothing is', () => {
    expect(shortened(lines('+++'))).toHaveLength(3);
    expect(shortened(lines('...'))).toEqual([{ change: 'skipped', count: 3 }]);
  });
});
