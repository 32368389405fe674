import { queryOptions } from '@tanstack/react-query';
import { apiPath, ask, read } from '../api/client';

export interface OwnSession {
  id: number;
  started_at: string;
  seen_at: string;
  expires_at: string;
  address: string;
  agent: string;
  current: boolean;
}

export interface OwnToken {
  id: number;
  title: string;
  prefix: string;
  permissions: string[];
  created_at: string;
  expires_on: string | null;
  used_at: string | null;
  revoked: boolean;
}

export interface SecondFactor {
  secret: string;
  uri: string;
  qr: string;
}

export interface NewToken {
  title: string;
  permissions: string[];
  expires_on: string | null;
}

const own = (...parts: (string | number)[]) => apiPath('session', ...parts);

export const ownSessionsQuery = queryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ signal }) => read<{ rows: OwnSession[] }>(own('sessions'), signal),
});

export const ownTokensQuery = queryOptions({
  queryKey: ['own', 'tokens'],
  queryFn: ({ signal }) => read<{ rows: OwnToken[] }>(own('tokens'), signal),
});

export const confirmWithPassword = (password: string) => ask<void>('POST', own('confirmation'), { password });
export const changePassword = (current: string, next: string) => ask<void>('POST', own('password'), { current, new: next });
export const beginSecondFactor = () => ask<SecondFactor>('POST', own('second-factor'), {});
export const confirmSecondFactor = (code: string) => ask<{ recovery_codes: string[] }>('POST', own('second-factor', 'confirm'), { code });
export const removeSecondFactor = (password: string) => ask<void>('POST', own('second-factor', 'remove'), { password });
export const endSession = (id: number) => ask<void>('POST', own('sessions', id, 'end'), {});
export const makeToken = (token: NewToken) => ask<{ id: number; token: string }>('POST', own('tokens'), token);
export const revokeToken = (id: number) => ask<void>('POST', own('tokens', id, 'revoke'), {});
