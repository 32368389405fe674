/**
 * Keys of commands that wait for an answer. A key is stored before its command is sent and forgotten when an answer
 * arrives, so the same command sent again (after a lost answer, even after a reload) carries the same key and runs once.
 * A command whose body has changed since is another command and gets another key.
 */
export interface KeyStorage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

interface Pending {
  key: string;
  body: string;
}

const prefix = 'tessera.pending ';

function read(storage: KeyStorage, command: string): Pending | null {
  const text = storage.getItem(prefix + command);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Pending;
  } catch {
    return null;
  }
}

export function keyFor(command: string, body: string, storage: KeyStorage = sessionStorage): string {
  const pending = read(storage, command);
  if (pending && pending.body === body) return pending.key;
  const key = freshKey();
  storage.setItem(prefix + command, JSON.stringify({ key, body } satisfies Pending));
  return key;
}

export function forgetKey(command: string, storage: KeyStorage = sessionStorage): void {
  storage.removeItem(prefix + command);
}

/** When somebody else sits down: what the one before sent is not theirs to send again. */
export function forgetAllKeys(storage: Storage = sessionStorage): void {
  Object.keys(storage).filter((name) => name.startsWith(prefix)).forEach((name) => storage.removeItem(name));
}

/** The body of a command that was sent and never answered, for a form to show again. */
export function unansweredBody(command: string, storage: KeyStorage = sessionStorage): unknown {
  const pending = read(storage, command);
  if (!pending || pending.body === '') return null;
  return JSON.parse(pending.body);
}

// crypto.randomUUID exists only on https and localhost; a server on the office network is often neither.
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
