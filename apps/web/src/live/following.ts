import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { lookForSession } from '../access/session';
import { presence } from '../api/presence';
import { refreshAll } from '../api/queries';
import { ChangeStream, type Heard, type Topic } from './change_stream';
import { throttled } from './throttled';

const refreshMs = 1_000;
const refreshes = new WeakMap<QueryClient, () => void>();

// A stream that breaks off may do so because the session has ended: a page that nobody may see any more is covered at once.
const stream = new ChangeStream((address) => {
  const source = new EventSource(address);
  source.addEventListener('error', () => void lookForSession());
  return source;
}, () => presence.place);
const see = () => stream.see(document.visibilityState === 'visible' && !presence.isAway);
document.addEventListener('visibilitychange', see);
presence.watch(see);
window.addEventListener('offline', () => stream.lose());

/** Whatever is on the page is read again, at most once a second, when something it follows has changed. */
export function useFollowing(topic: Topic, heard?: Heard) {
  const client = useQueryClient();
  useEffect(
    () =>
      stream.follow(topic, (change) => {
        heard?.(change);
        refreshOf(client)();
      }),
    [topic, heard, client],
  );
}

/** One for all parts of a page: what each of them follows may be the same change. */
function refreshOf(client: QueryClient): () => void {
  const refresh = refreshes.get(client) ?? throttled(() => void refreshAll(client), refreshMs);
  refreshes.set(client, refresh);
  return refresh;
}

/** The stream that every page holds tells when the server was away; a page need not follow anything else to hear of it. */
export function useReturning(topic: Topic | null, work: () => void) {
  useEffect(() => stream.returning(work), [work]);
  useEffect(() => (topic === null ? undefined : stream.follow(topic, () => undefined)), [topic]);
}

export function useIsLost(): boolean {
  return useSyncExternalStore((watcher) => stream.watch(watcher), () => stream.isLost);
}
