import { useEffect, useSyncExternalStore } from 'react';
import { useRefreshAll } from '../api/queries';
import { ChangeStream, type Heard, type Topic } from './change_stream';
import { throttled } from './throttled';

const refreshMs = 1_000;

const stream = new ChangeStream();
document.addEventListener('visibilitychange', () => stream.see(document.visibilityState === 'visible'));
window.addEventListener('offline', () => stream.lose());

/** Whatever is on the page is read again, at most once a second, when something it follows has changed. */
export function useFollowing(topic: Topic, heard?: Heard) {
  const refreshAll = useRefreshAll();
  useEffect(() => {
    const refresh = throttled(() => void refreshAll(), refreshMs);
    const unfollow = stream.follow(topic, (change) => {
      heard?.(change);
      refresh.run();
    });
    return () => {
      unfollow();
      refresh.cancel();
    };
  }, [topic, heard, refreshAll]);
}

export function useIsLost(): boolean {
  return useSyncExternalStore((watcher) => stream.watch(watcher), () => stream.isLost);
}
