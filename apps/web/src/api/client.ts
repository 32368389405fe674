import { confirmation } from './confirmation';
import type { ListAnswer } from './contract';
import { forgetKey, keyFor } from './idempotency';
import { presence } from './presence';
import { Problem, problemFrom, Unanswered } from './problem';
import { uploading } from './uploading';

export interface Command {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  version?: number | undefined;
}

type Carrier = (path: string, init: RequestInit) => Promise<Response>;

const unansweredStatuses = new Set([502, 503, 504]);
const retryAfterMs = [400, 1600];

export function apiPath(...parts: (string | number)[]): string {
  return '/api/' + parts.join('/');
}

export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await answerOf(path, signal)).json()) as T;
}

/** A list, how far behind it is where a replica answered that lacks the newest changes, and when it was answered by the server's clock. */
export async function readList(path: string, signal?: AbortSignal): Promise<ListAnswer> {
  const response = await answerOf(path, signal);
  const behind = Number(response.headers.get('Tessera-Behind') ?? 0);
  const at = Date.parse(response.headers.get('Date') ?? '');
  return { ...((await response.json()) as ListAnswer), ...(behind > 0 ? { seconds_behind: behind } : {}), ...(at > 0 ? { answered_at: at } : {}) };
}

async function answerOf(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetchKnown(path, { headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) });
  if (!response.ok) throw await problemFrom(response);
  return response;
}

/**
 * Nothing fails for want of a session, or of a password that was typed lately: it waits until somebody has signed in or confirmed, and is
 * sent again as it was, under the same key. Where that is cancelled the refusal stands.
 */
async function fetchKnown(path: string, init: RequestInit, carry: Carrier = fetch): Promise<Response> {
  for (;;) {
    const { arrivals } = presence;
    const { times } = confirmation;
    const response = await carry(path, init);
    if (await lacksSession(response)) {
      if (presence.arrivals !== arrivals) continue;
      presence.leave();
      await presence.back(init.signal);
      continue;
    }
    const refusal = response.status === 403 ? await problemFrom(response.clone()) : null;
    if (refusal?.code !== 'kernel.confirmation_wanted') return response;
    if (confirmation.times === times && !(await confirmation.ask(refusal.message))) return response;
  }
}

export async function lacksSession(response: Response): Promise<boolean> {
  return response.status === 401 && (await problemFrom(response.clone())).code === 'kernel.not_signed_in';
}

/** A request that carries or answers a secret: nothing of it is kept in the browser, so it has no idempotency key. */
export async function ask<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const headers = { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  const response = await fetchKnown(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw await problemFrom(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export function commandName(command: Command): string {
  return `${command.method} ${command.path}`;
}

/** Sends a command under its idempotency key, and again under the same key while no answer comes. */
export async function send<T>(command: Command): Promise<T> {
  const body = command.body === undefined ? '' : JSON.stringify(command.body);
  const name = commandName(command);
  const headers: Record<string, string> = { Accept: 'application/json', 'Idempotency-Key': keyFor(name, body) };
  if (body !== '') headers['Content-Type'] = 'application/json';
  headers['If-Match'] = command.version === undefined ? '*' : `"${command.version}"`;

  const response = await answered(command, { method: command.method, headers, ...(body !== '' ? { body } : {}) });
  forgetKey(name);
  if (!response.ok) throw await problemFrom(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

async function answered(command: Command, init: RequestInit, carry?: Carrier): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    const response = await fetchKnown(command.path, init, carry).catch(() => null);
    if (response && !unansweredStatuses.has(response.status)) return response;
    const pause = retryAfterMs[attempt];
    if (pause === undefined) {
      if (response) throw await problemFrom(response);
      throw new Unanswered();
    }
    await new Promise((resume) => setTimeout(resume, pause));
  }
}

export async function sendCsv(path: string, text: string): Promise<{ created: number; updated: number }> {
  const name = `POST ${path}`;
  const headers = { 'Content-Type': 'text/csv', Accept: 'application/json', 'Idempotency-Key': keyFor(name, text) };
  const response = await answered({ method: 'POST', path }, { method: 'POST', headers, body: text });
  forgetKey(name);
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as { created: number; updated: number };
}

/** Sends a file as it is; `onSent` hears how many bytes have left. The same file sent again carries the same key while no answer came. */
export async function sendFile<T>(path: string, file: File, onSent: (bytes: number) => void): Promise<T> {
  const name = `POST ${path}`;
  const key = keyFor(name, JSON.stringify([file.size, file.lastModified, file.type]));
  const headers = { Accept: 'application/json', 'Content-Type': file.type || 'application/octet-stream', 'Idempotency-Key': key };
  const response = await answered({ method: 'POST', path }, { method: 'POST', headers, body: file }, uploading(onSent));
  forgetKey(name);
  if (!response.ok) throw await problemFrom(response);
  return (await response.json()) as T;
}

export function isStale(error: unknown): boolean {
  return error instanceof Problem && error.status === 412;
}
