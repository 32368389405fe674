/** What the server tells of a record that was changed; without an id there were many. */
export interface RecordChange {
  entity: string;
  id: number | null;
  version: number | null;
  by: string;
  deleted: boolean;
}

/** "entity=purchasing.order" or "record=purchasing.order/7". */
export type Topic = string;
/** Hears of a change, or of null: then anything may have changed. */
export type Heard = (change: RecordChange | null) => void;

interface Source {
  addEventListener(name: string, hear: (event: MessageEvent<string>) => void): void;
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onerror: ((event: Event) => void) | null;
  close(): void;
}
export type OpenSource = (address: string) => Source;

const gatherMs = 50;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
const tolerableMs = 10_000;

/**
 * The one stream of changes of a tab, for all that its pages follow. It is opened anew when that changes, when it was lost
 * and when the tab is seen again, each time from the last event that was heard: nothing is missed in between. A tab that
 * nobody sees has none, since browsers open few connections to one server.
 */
export class ChangeStream {
  private readonly followers = new Map<Topic, Set<Heard>>();
  private readonly watchers = new Set<() => void>();
  private readonly returners = new Set<() => void>();
  private source: Source | null = null;
  private address = '';
  private last: string | null = null;
  private isSeen = true;
  private wasAway = false;
  private failures = 0;
  private connecting: ReturnType<typeof setTimeout> | undefined;
  private losing: ReturnType<typeof setTimeout> | undefined;
  isLost = false;

  /** `from` is where the first stream begins when that was known before anything was read. */
  constructor(private readonly open: OpenSource = (address) => new EventSource(address), private readonly from: () => number | null = () => null) {}

  follow(topic: Topic, heard: Heard): () => void {
    const others = this.followers.get(topic) ?? new Set();
    this.followers.set(topic, others.add(heard));
    this.connectIn(gatherMs);
    return () => {
      others.delete(heard);
      if (others.size === 0) this.followers.delete(topic);
      this.connectIn(gatherMs);
    };
  }

  /** Is told when `isLost` changes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Is told when the stream is there again after it was lost, or after nobody saw the tab: the server may have begun anew meanwhile. */
  returning(returner: () => void): () => void {
    this.returners.add(returner);
    return () => this.returners.delete(returner);
  }

  see(isSeen: boolean) {
    this.isSeen = isSeen;
    if (!isSeen) this.wasAway = true;
    this.connectIn(0);
  }

  /** The connection is gone, or is as good as that. */
  lose() {
    this.close();
    this.wasAway = true;
    this.losing ??= setTimeout(() => this.setLost(true), tolerableMs);
    this.connectIn(Math.min(firstPauseMs * 2 ** this.failures, longestPauseMs));
    this.failures += 1;
  }

  private connectIn(pause: number) {
    clearTimeout(this.connecting);
    this.connecting = setTimeout(() => this.connect(), pause);
  }

  private connect() {
    const address = this.isSeen && this.followers.size > 0 ? `/api/changes?${[...this.followers.keys()].sort().map(encoded).join('&')}` : '';
    if (address === this.address && this.source) return;
    this.close();
    this.address = address;
    if (address === '') return this.found();
    this.last ??= this.from()?.toString() ?? null;
    const source = this.open(address + (this.last === null ? '' : `&after=${this.last}`));
    this.source = source;
    source.addEventListener('ready', (event) => {
      this.arrive();
      // Before the first stream nobody could hear what changed while the page was being read.
      if (this.last === null) this.tell(event, null);
    });
    source.addEventListener('reset', (event) => {
      this.arrive();
      this.tell(event, null);
    });
    source.onmessage = (event) => this.tell(event, JSON.parse(event.data) as RecordChange);
    source.onerror = () => this.lose();
  }

  private tell(event: MessageEvent<string>, change: RecordChange | null) {
    this.last = event.lastEventId;
    const all = [...this.followers];
    const meant = all.filter(([topic]) => change === null || covers(topic, change));
    // A line is told as its document: a page of nothing but lines follows it by another name.
    for (const [, followers] of meant.length > 0 ? meant : all) followers.forEach((heard) => heard(change));
  }

  private close() {
    this.source?.close();
    this.source = null;
  }

  private arrive() {
    this.found();
    if (!this.wasAway) return;
    this.wasAway = false;
    this.returners.forEach((returner) => returner());
  }

  private found() {
    this.failures = 0;
    clearTimeout(this.losing);
    this.losing = undefined;
    this.setLost(false);
  }

  private setLost(isLost: boolean) {
    if (isLost === this.isLost) return;
    this.isLost = isLost;
    this.watchers.forEach((watcher) => watcher());
  }
}

function encoded(topic: Topic): string {
  const [kind, name] = topic.split('=') as [string, string];
  return `${kind}=${encodeURIComponent(name)}`;
}

function covers(topic: Topic, change: RecordChange): boolean {
  if (topic === `entity=${change.entity}`) return true;
  return change.id === null ? topic.startsWith(`record=${change.entity}/`) : topic === `record=${change.entity}/${change.id}`;
}
