import { afterEach, describe, expect, test, vi } from 'vitest';
import { asOfText } from '../report/as_of';
import { ask, readList, send, sendCsv, sendFile } from './client';
import { confirmation } from './confirmation';
import { presence } from './presence';

const page = { rows: [], total: 0, limit: 100, offset: 0 };
const answering = (headers: Record<string, string>) => vi.stubGlobal('fetch', () => Promise.resolve(Response.json(page, { headers })));

const answers = (...all: (() => Response)[]) => {
  const asked = vi.fn((_path: string, _init: RequestInit) => Promise.resolve(all.shift()!()));
  vi.stubGlobal('fetch', asked);
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value), removeItem: (name: string) => kept.delete(name),
  });
  return { asked, kept, keys: () => asked.mock.calls.map(([, init]) => (init.headers as Record<string, string>)['Idempotency-Key']) };
};

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

describe('client: a session that has ended', () => {
  afterEach(() => vi.unstubAllGlobals());

  const gone = () => Response.json({ status: 401, code: 'kernel.not_signed_in', detail: 'To use this, sign in.' }, { status: 401 });

  test('a command waits for somebody to sign in and is sent again under its key, which is kept meanwhile', async () => {
    const { asked, kept, keys } = answers(gone, () => Response.json({ id: 7 }));
    const saved = send<{ id: number }>({ method: 'POST', path: '/api/purchasing/orders', body: { note: 'x' } });
    await vi.waitFor(() => expect(presence.isAway).toBe(true));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(kept.size).toBe(1);
    presence.arrive();
    expect(await saved).toEqual({ id: 7 });
    expect(new Set(keys()).size).toBe(1);
    expect(kept.size).toBe(0);
  });

  test('what was asked before somebody arrived is asked again, and nobody is sent away for it', async () => {
    answers(() => { presence.arrive(); return gone(); }, () => Response.json(page));
    expect(await readList('/api/purchasing/orders')).toEqual(page);
    expect(presence.isAway).toBe(false);
  });

  test('another 401 is a refusal like any other, and a secret leaves nothing behind', async () => {
    const { kept, keys } = answers(() => Response.json({ status: 401, code: 'kernel.wrong_credentials', detail: 'To sign in, look again.' }, { status: 401 }));
    await expect(ask('POST', '/api/session', { name: 'ada', password: 'x' })).rejects.toMatchObject({ code: 'kernel.wrong_credentials' });
    expect([kept.size, keys()]).toEqual([0, [undefined]]);
    expect(presence.isAway).toBe(false);
  });
});

describe('client: a password that was typed too long ago', () => {
  afterEach(() => vi.unstubAllGlobals());

  const wanted = (goal = 'change users') => () => Response.json({ status: 403, code: 'kernel.confirmation_wanted', detail: `To ${goal}, confirm with your password that it is you.` }, { status: 403 });
  const done = () => Response.json({ id: 7 });
  const change = { method: 'PATCH', path: '/api/access/users/7', body: { full_name: 'Ada' }, version: 3 } as const;
  const asked = () => vi.waitFor(() => expect(confirmation.question).not.toBeNull());

  test('a command waits for it and is sent again as it was, under its key, which is kept meanwhile', async () => {
    const { asked: calls, kept, keys } = answers(wanted(), done);
    const saved = send<{ id: number }>(change);
    await asked();
    expect(confirmation.question).toBe('To change users, confirm with your password that it is you.');
    expect([calls.mock.calls.length, kept.size]).toEqual([1, 1]);
    confirmation.give();
    expect(await saved).toEqual({ id: 7 });
    expect(calls.mock.calls[1]).toEqual(calls.mock.calls[0]);
    expect(keys()[0]).toBeDefined();
    expect(kept.size).toBe(0);
  });

  test('several that wait share one question', async () => {
    const { asked: calls } = answers(wanted('change users'), wanted('make a link'), done, done);
    const both = Promise.all([send(change), ask('POST', '/api/access/users/7/link', {})]);
    await vi.waitFor(() => expect(calls).toHaveBeenCalledTimes(2));
    await asked();
    expect(confirmation.question).toMatch(/^To change users/);
    confirmation.give();
    expect(await both).toEqual([{ id: 7 }, { id: 7 }]);
    expect(confirmation.question).toBeNull();
  });

  test('what is cancelled is refused as the server did, and is another command when it is tried again', async () => {
    const { kept, keys } = answers(wanted(), done);
    const refused = expect(send(change)).rejects.toMatchObject({ status: 403, code: 'kernel.confirmation_wanted', message: 'To change users, confirm with your password that it is you.' });
    await asked();
    confirmation.cancel();
    await refused;
    expect(kept.size).toBe(0);
    await send(change);
    expect(keys()[1]).not.toBe(keys()[0]);
  });

  test('what was refused before it was given is sent again, and nobody is asked for it', async () => {
    answers(() => { confirmation.give(); return wanted()(); }, done);
    expect(await send(change)).toEqual({ id: 7 });
    expect(confirmation.question).toBeNull();
  });

  test('an import waits too', async () => {
    const { keys } = answers(wanted('import users'), () => Response.json({ created: 1, updated: 0 }));
    const imported = sendCsv('/api/access/users/import', 'name\nada');
    await asked();
    confirmation.give();
    expect(await imported).toEqual({ created: 1, updated: 0 });
    expect(keys()[1]).toBe(keys()[0]);
  });

  test('another 403 is a refusal like any other', async () => {
    answers(() => Response.json({ status: 403, code: 'kernel.not_permitted', detail: 'To change users, ask for the permission access.administer.' }, { status: 403 }));
    await expect(send(change)).rejects.toMatchObject({ code: 'kernel.not_permitted' });
    expect(confirmation.question).toBeNull();
  });
});

describe('client: a file', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('carries a key that was made before, is sent again under it when no answer comes, and says how much has left', async () => {
    vi.useFakeTimers();
    const kept = new Map<string, string>();
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => kept.get(name) ?? null, setItem: (name: string, value: string) => kept.set(name, value), removeItem: (name: string) => kept.delete(name),
    });
    const sent: { headers: Record<string, string>; wasKept: boolean }[] = [];
    vi.stubGlobal('XMLHttpRequest', class {
      headers: Record<string, string> = {};
      upload: { onprogress?: (event: { loaded: number }) => void } = {};
      onload?: () => void;
      onerror?: () => void;
      status = 201;
      responseText = '{"id":7}';
      open() {}
      getResponseHeader() { return null; }
      setRequestHeader(name: string, value: string) { this.headers[name] = value; }
      send() {
        sent.push({ headers: this.headers, wasKept: [...kept.values()].some((value) => value.includes(this.headers['idempotency-key']!)) });
        this.upload.onprogress?.({ loaded: 4 });
        if (sent.length === 1) this.onerror?.();
        else this.onload?.();
      }
    });
    const onSent = vi.fn();
    const answer = sendFile('/api/purchasing/orders/4/attachments?name=bill.pdf', new File(['bill'], 'bill.pdf', { type: 'application/pdf', lastModified: 1 }), onSent);
    await vi.runAllTimersAsync();
    expect(await answer).toEqual({ id: 7 });
    expect(sent.map(({ headers, wasKept }) => [headers['content-type'], wasKept])).toEqual([['application/pdf', true], ['application/pdf', true]]);
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(onSent).toHaveBeenCalledWith(4);
    expect(kept.size).toBe(0);
    vi.useRealTimers();
  });
});
