import { lazy, useState, type ComponentType, type FunctionComponent } from 'react';

interface Fetched {
  fetch: () => Promise<unknown>;
}
export type Later<P> = FunctionComponent<P> & Fetched;

/**
 * A component whose code is fetched when it is first drawn, or before by `fetch`, and then with that of `others` that it will draw.
 * What has come before is drawn at once; what it has to wait for, React holds back for a third of a second at least.
 */
export function later<P extends object>(load: () => Promise<{ default: ComponentType<P> }>, others: () => Fetched[] = () => []): Later<P> {
  let arrived: ComponentType<P> | null = null;
  const fetchOwn = async () => {
    const module = await load();
    arrived = module.default;
    return module;
  };
  const Awaited = lazy(fetchOwn);
  function Later(props: P) {
    const [Shown] = useState<ComponentType<P>>(() => arrived ?? Awaited);
    return <Shown {...props} />;
  }
  return Object.assign(Later, { fetch: () => Promise.all([fetchOwn(), ...others().map((other) => other.fetch())]) });
}
