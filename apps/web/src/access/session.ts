import { queryOptions, useQuery, type QueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';
import { apiPath, ask, lacksSession, read } from '../api/client';
import { confirmation } from '../api/confirmation';
import { grants } from '../api/grants';
import { forgetAllKeys } from '../api/idempotency';
import { presence } from '../api/presence';
import { forgetAllTexts } from '../knowledge/kept_text';
import { startAnew } from '../shell/router';

/** Who is here and what they may do; "open" is a server that acts for one given actor and asks nobody to sign in. */
export interface Session {
  user: { id: number; name: string; full_name: string };
  permissions: string[];
  kind: 'session' | 'token' | 'operator' | 'open';
  signed_in_at?: string;
  expires_at?: string;
  second_factor?: boolean;
  /** Whoever reads now and follows changes after this one misses nothing. */
  place?: number;
}

export interface Credentials {
  name: string;
  password: string;
  code?: string;
}

export interface Invitation {
  user: { name: string; full_name: string };
  purpose: 'invitation' | 'reset';
  company: string;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const session = await read<Session>(apiPath('session'), signal);
    presence.place ??= session.place ?? null;
    return session;
  },
  staleTime: Infinity,
});

export const signIn = (credentials: Credentials) => ask<Session>('POST', apiPath('session'), credentials);
export const invitationOf = (link: string) => ask<Invitation>('POST', apiPath('session', 'invitation'), { link });
export const acceptInvitation = (link: string, password: string) => ask<Session>('POST', apiPath('session', 'invitation'), { link, password });

/** The other windows of this browser share its session: they hear who has come and who has gone. */
const windows = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('tessera.session');

/** Somebody has signed in here. Whoever was here before goes on where they stopped; for somebody else everything begins anew. */
export function begin(client: QueryClient, session: Session): void {
  windows?.postMessage(session);
  take(client, session);
}

function take(client: QueryClient, session: Session): void {
  const before = client.getQueryData(sessionQuery.queryKey);
  if (before && before.user.id !== session.user.id) return forget();
  client.setQueryData(sessionQuery.queryKey, session);
  presence.arrive();
  confirmation.give();
  void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
}

/** Leaves nothing of this person in the browser. */
export async function end(): Promise<void> {
  await ask('DELETE', apiPath('session'));
  windows?.postMessage(null);
  forget('/');
}

function forget(at = location.pathname + location.search): void {
  forgetAllKeys();
  forgetAllTexts();
  startAnew(at);
}

/** Follows what other windows do with the shared session. */
export function followOtherWindows(client: QueryClient): () => void {
  const heard = ({ data }: MessageEvent<Session | null>) => (data ? take(client, data) : presence.leave());
  windows?.addEventListener('message', heard);
  return () => windows?.removeEventListener('message', heard);
}

/** Asks whether the session still holds: it may have been ended elsewhere. Nothing when that cannot be told. */
export async function lookForSession(): Promise<Session | null> {
  const response = await fetch(apiPath('session'), { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!response) return null;
  if (await lacksSession(response)) presence.leave();
  return response.ok ? ((await response.json()) as Session) : null;
}

export function useIsAway(): boolean {
  return useSyncExternalStore(useCallback((watcher) => presence.watch(watcher), []), () => presence.isAway);
}

/** The sentence of what waits for a password to be typed again; null while nothing does. */
export function useWantedConfirmation(): string | null {
  return useSyncExternalStore(useCallback((watcher) => confirmation.watch(watcher), []), () => confirmation.question);
}

export function useSession(): Session | undefined {
  return useQuery(sessionQuery).data;
}

export function useMay(permission: string): boolean {
  return grants(useSession()?.permissions ?? [], permission);
}
