import { useSyncExternalStore, type AnchorHTMLAttributes, type MouseEvent, type Ref } from 'react';

/** Where the browser stands. The key names one entry of the history, so that a page can remember its scroll place. */
export interface Place {
  path: string;
  search: string;
  key: string;
}

type Guard = () => Promise<boolean>;

let place: Place = currentPlace();
let index: number = history.state?.index ?? 0;
const guards: Guard[] = [];
let isUndoing = false;
let isAllowed = false;
const listeners = new Set<() => void>();

function currentPlace(): Place {
  return { path: decodeURI(location.pathname), search: location.search, key: history.state?.key ?? 'first' };
}

function arrive(): void {
  place = currentPlace();
  listeners.forEach((listener) => listener());
}

export async function navigate(to: string, how: { replace?: boolean; unguarded?: boolean } = {}): Promise<void> {
  if (!how.unguarded && !(await mayLeave())) return;
  if (how.replace) {
    history.replaceState({ index, key: place.key }, '', to);
  } else {
    index += 1;
    history.pushState({ index, key: Math.random().toString(36).slice(2) }, '', to);
  }
  arrive();
}

window.addEventListener('popstate', (event) => {
  const next: number = event.state?.index ?? 0;
  const distance = next - index;
  if (isUndoing) {
    isUndoing = false;
    return;
  }
  if (guards.length === 0 || isAllowed || distance === 0) {
    isAllowed = false;
    index = next;
    arrive();
    return;
  }
  isUndoing = true;
  history.go(-distance);
  void mayLeave().then((allowed) => {
    if (!allowed) return;
    isAllowed = true;
    history.go(distance);
  });
});

/** Asks before the page is left; of several guards the newest asks. Returns the function that lifts it. */
export function guardLeaving(ask: Guard): () => void {
  guards.push(ask);
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener('beforeunload', warn);
  return () => {
    guards.splice(guards.indexOf(ask), 1);
    window.removeEventListener('beforeunload', warn);
  };
}

/** Whether the page may be left: nothing would be lost, or the person said so. */
export async function mayLeave(): Promise<boolean> {
  return guards.at(-1)?.() ?? true;
}

/** Loads everything anew without asking, for somebody else. */
export function startAnew(at: string): void {
  window.addEventListener('beforeunload', (event) => event.stopImmediatePropagation(), { capture: true });
  location.replace(at);
}

export function usePlace(): Place {
  return useSyncExternalStore(subscribe, () => place);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
  ref?: Ref<HTMLAnchorElement>;
}

export function Link({ to, onClick, ...rest }: LinkProps) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !isPlain || rest.target) return;
    event.preventDefault();
    void navigate(to);
  };
  return <a href={to} onClick={follow} {...rest} />;
}
