/**
 * Whether the server knows who is here. Whoever meets a refusal for want of a session calls `leave` and waits for `back`: the page
 * stays as it is under the sign-in form, and goes on where it stopped.
 */
export class Presence {
  private readonly watchers = new Set<() => void>();
  private readonly waiting = new Set<() => void>();
  isAway = false;
  /** How often somebody has arrived: a request that was sent before an arrival says nothing of who is here now. */
  arrivals = 0;
  /** The entry after which changes are followed by what is read from now on; null where the server does not say. */
  place: number | null = null;

  leave() {
    this.set(true);
  }

  arrive() {
    this.arrivals += 1;
    this.set(false);
    for (const resume of [...this.waiting]) resume();
  }

  /** Resolves when somebody has signed in; rejects when the signal says that nobody waits any more. */
  back(signal?: AbortSignal | null): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (end: () => void) => () => {
        this.waiting.delete(resume);
        signal?.removeEventListener('abort', abort);
        end();
      };
      const resume = done(resolve);
      const abort = done(() => reject(signal?.reason));
      if (signal?.aborted) return abort();
      this.waiting.add(resume);
      signal?.addEventListener('abort', abort);
    });
  }

  /** Is told when `isAway` changes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private set(isAway: boolean) {
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    this.watchers.forEach((watcher) => watcher());
  }
}

export const presence = new Presence();
