import { expect, test } from 'vitest';
import { Problem, Unanswered } from '../api/problem';
import { bytesMax, endingOf, hasPreview, isShown, mayBeTaken, refusalOf } from './attachments';

test('attachments: what is too large is refused before it is sent, in the words of the server', () => {
  expect(refusalOf({ name: 'bill.pdf', size: bytesMax })).toBeNull();
  expect(refusalOf({ name: 'tour.mp4', size: bytesMax + 1 })).toMatchObject({
    code: 'attachments.too_large', message: 'To attach tour.mp4, make it smaller: it has 33 MiB, and 32 are the most.',
  });
});

test('attachments: pictures and plain text are shown in place, and pictures that are not large have a preview', () => {
  expect(['image/png', 'text/plain', 'application/pdf', 'image/svg+xml', 'text/html'].map((media_type) => isShown({ media_type }))).toEqual([true, true, false, false, false]);
  expect([['image/jpeg', 1_000], ['image/jpeg', 9 * 1024 ** 2], ['text/plain', 10]].map(([media_type, size]) => hasPreview({ media_type: media_type as string, size: size as number }))).toEqual([true, false, false]);
});

test.each([['bill.pdf', 'PDF'], ['a.tar.gz', 'GZ'], ['README', ''], ['.', ''], ['plan.drawing', '']])('attachments: %s ends in "%s"', (name, ending) => {
  expect(endingOf(name)).toBe(ending);
});

test('attachments: only what was not decided is sent again', () => {
  const refused = (status: number) => mayBeTaken(new Problem({ status }));
  expect([mayBeTaken(new Unanswered()), refused(503), refused(409), refused(403)]).toEqual([true, true, false, false]);
});
