import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChangeStream, type RecordChange } from './change_stream';
import { throttled } from './throttled';

type Hear = (event: MessageEvent<string>) => void;

class FakeSource {
  onmessage: Hear | null = null;
  onerror: ((event: Event) => void) | null = null;
  isClosed = false;
  named = new Map<string, Hear>();
  constructor(readonly address: string) {}
  addEventListener(name: string, hear: Hear) { this.named.set(name, hear); }
  close() { this.isClosed = true; }
  say(name: string, id: string) { this.named.get(name)?.({ data: '{}', lastEventId: id } as MessageEvent<string>); }
  tell(change: RecordChange, id: string) { this.onmessage?.({ data: JSON.stringify(change), lastEventId: id } as MessageEvent<string>); }
}

const order = (id: number | null): RecordChange => ({ entity: 'purchasing.order', id, version: 2, by: 'ada', deleted: false });

describe('changes: one stream for all that a tab follows', () => {
  let sources: FakeSource[];
  let stream: ChangeStream;
  const newest = () => sources.at(-1)!;
  const pass = (ms = 60) => vi.advanceTimersByTime(ms);

  beforeEach(() => {
    vi.useFakeTimers();
    sources = [];
    stream = new ChangeStream((address) => {
      const source = new FakeSource(address);
      sources.push(source);
      return source;
    });
  });
  afterEach(() => vi.useRealTimers());

  test('what several parts of a page follow is asked for once', () => {
    stream.follow('entity=purchasing.order', () => undefined);
    stream.follow('record=directory.party/7', () => undefined);
    stream.follow('record=directory.party/7', () => undefined);
    pass();
    expect(sources.map((source) => source.address)).toEqual(['/api/changes?entity=purchasing.order&record=directory.party%2F7']);
  });

  test('each hears what it follows; without an id all records of the entity are meant', () => {
    const list = vi.fn(), seven = vi.fn(), eight = vi.fn();
    stream.follow('entity=purchasing.order', list);
    stream.follow('record=purchasing.order/7', seven);
    stream.follow('record=purchasing.order/8', eight);
    pass();
    newest().tell(order(7), '12');
    expect([list, seven, eight].map((heard) => heard.mock.calls.length)).toEqual([1, 1, 0]);
    newest().tell(order(null), '13');
    expect([list, seven, eight].map((heard) => heard.mock.calls.length)).toEqual([2, 2, 1]);
  });

  test('another page goes on from the last event, so that nothing is missed in between', () => {
    const leave = stream.follow('entity=purchasing.order', () => undefined);
    pass();
    newest().say('ready', '11');
    newest().tell(order(7), '12');
    leave();
    stream.follow('record=purchasing.order/7', () => undefined);
    pass();
    expect(sources[0]!.isClosed).toBe(true);
    expect(newest().address).toBe('/api/changes?record=purchasing.order%2F7&after=12');
  });

  test('where the place was known before anything was read, nothing is read again at the first stream', () => {
    const heard = vi.fn();
    const known = new ChangeStream((address) => {
      const source = new FakeSource(address);
      sources.push(source);
      return source;
    }, () => 11);
    known.follow('entity=purchasing.order', heard);
    pass();
    expect(newest().address).toBe('/api/changes?entity=purchasing.order&after=11');
    newest().say('ready', '11');
    expect(heard).not.toHaveBeenCalled();
    newest().tell(order(7), '12');
    expect(heard.mock.calls).toEqual([[order(7)]]);
  });

  test('everything is read again at the first stream and when the server says so', () => {
    const heard = vi.fn();
    stream.follow('entity=purchasing.order', heard);
    pass();
    newest().say('ready', '11');
    expect(heard.mock.calls).toEqual([[null]]);
    newest().say('reset', '90');
    expect(heard.mock.calls).toEqual([[null], [null]]);
    newest().onerror?.(new Event('error'));
    pass(1_000);
    expect(newest().address).toContain('&after=90');
    newest().say('ready', '90');
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('a lost stream is sought at longer and longer intervals, and is told after ten seconds', () => {
    const watcher = vi.fn();
    stream.watch(watcher);
    stream.follow('entity=purchasing.order', () => undefined);
    pass();
    newest().say('ready', '11');
    newest().onerror?.(new Event('error'));
    for (const pause of [1_000, 2_000, 4_000]) {
      const before = sources.length;
      pass(pause - 1);
      expect(sources.length).toBe(before);
      pass(1);
      expect(sources.length).toBe(before + 1);
      newest().onerror?.(new Event('error'));
    }
    expect(stream.isLost).toBe(false);
    pass(3_000);
    expect(stream.isLost).toBe(true);
    pass(5_000);
    newest().say('ready', '11');
    expect(stream.isLost).toBe(false);
    expect(watcher).toHaveBeenCalledTimes(2);
  });

  test('who waits for the server to be back hears of it once, after a loss and after the tab was not seen', () => {
    const back = vi.fn();
    stream.returning(back);
    stream.follow('entity=purchasing.order', () => undefined);
    pass();
    newest().say('ready', '11');
    stream.follow('entity=directory.party', () => undefined);
    pass();
    newest().say('ready', '11');
    expect(back).toHaveBeenCalledTimes(0);
    newest().onerror?.(new Event('error'));
    pass(1_000);
    newest().onerror?.(new Event('error'));
    pass(2_000);
    expect(back).toHaveBeenCalledTimes(0);
    newest().say('ready', '11');
    expect(back).toHaveBeenCalledTimes(1);
    stream.see(false);
    pass();
    stream.see(true);
    pass();
    newest().say('reset', '40');
    expect(back).toHaveBeenCalledTimes(2);
  });

  test('a tab that nobody sees has no stream, and is not called lost', () => {
    stream.follow('entity=purchasing.order', () => undefined);
    pass();
    newest().say('ready', '11');
    stream.see(false);
    pass();
    expect(newest().isClosed).toBe(true);
    pass(60_000);
    expect(sources.length).toBe(1);
    expect(stream.isLost).toBe(false);
    stream.see(true);
    pass();
    expect(newest().address).toContain('&after=11');
  });
});

test('throttled: at once, then at most once in the time, and once more for what came meanwhile', () => {
  vi.useFakeTimers();
  const work = vi.fn();
  const run = throttled(work, 1_000);
  for (let call = 0; call < 5; call += 1) run();
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(5_000);
  expect(work).toHaveBeenCalledTimes(2);
  run();
  expect(work).toHaveBeenCalledTimes(3);
  vi.useRealTimers();
});
