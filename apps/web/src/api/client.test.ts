import { afterEach, describe, expect, test, vi } from 'vitest';
import { asOfText } from '../report/as_of';
import { readList } from './client';

const page = { rows: [], total: 0, limit: 100, offset: 0 };
const answering = (headers: Record<string, string>) => vi.stubGlobal('fetch', () => Promise.resolve(Response.json(page, { headers })));

describe('client: what a replica answered', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('a list says how far behind it is', async () => {
    answering({ 'Tessera-Source': 'replica', 'Tessera-As-Of': '2026-11-29T12:03:04.500000Z', 'Tessera-Behind': '3' });
    expect(await readList('/api/purchasing/orders')).toEqual({ ...page, seconds_behind: 3 });
  });

  test.each([[{}], [{ 'Tessera-Source': 'primary' }], [{ 'Tessera-Source': 'replica', 'Tessera-As-Of': '2026-11-29T12:03:04.500000Z' }]])(
    'one that is current says nothing: %o',
    async (headers) => {
      answering(headers as Record<string, string>);
      expect(await readList('/api/purchasing/orders')).toEqual(page);
    },
  );

  test('a report says as of when it is, one from the primary nothing', () => {
    const as_of = '2026-11-29T12:03:04.500000Z';
    expect(asOfText({ as_of, seconds_behind: 3 })).toMatch(/^As of 2026-11-\d\d \d\d:03:04, from the replica, 3 s behind$/);
    expect(asOfText({ as_of, seconds_behind: 0 })).toMatch(/:04, from the replica$/);
    expect(asOfText({})).toBeNull();
  });
});
