import { apiPath } from '../api/client';
import { soughtText, type Hit } from './hits';

/** Tells which of the hits was opened, so that it stands higher next time. Nobody waits for it, and nobody is told when it is lost. */
export function tellChoice({ text, unfinished }: { text: string; unfinished: boolean }, hit: Pick<Hit, 'entity' | 'id'>): void {
  const body = JSON.stringify({ q: soughtText(text), unfinished, entity: hit.entity, id: hit.id });
  fetch(apiPath('search', 'choices'), { method: 'POST', keepalive: true, headers: { 'Content-Type': 'application/json' }, body }).catch(() => undefined);
}
