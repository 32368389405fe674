import type { RecordRow } from '../api/contract';

/** What was written and not saved: kept in the browser, so that a reload or a window that was closed loses nothing. */
export interface KeptText {
  /** The record as it was when the writing began; null of a new one. */
  record: RecordRow | null;
  texts: Record<string, string>;
}

const prefix = 'tessera.kept_text.';

/** Of this person alone: who signs in after them does not find it. */
export function keptPlace(user: number, entity: string, id: number | null): string {
  return `${prefix}${user}.${entity}.${id ?? 'new'}`;
}

export function keptText(place: string, store: Storage = localStorage): KeptText | null {
  try {
    const kept = JSON.parse(store.getItem(place) ?? 'null') as KeptText | null;
    return kept && typeof kept.texts === 'object' ? kept : null;
  } catch {
    return null;
  }
}

/** Answers whether there was room for it. */
export function keepText(place: string, kept: KeptText, store: Storage = localStorage): boolean {
  try {
    store.setItem(place, JSON.stringify(kept));
    return true;
  } catch {
    return false;
  }
}

export function forgetText(place: string, store: Storage = localStorage): void {
  store.removeItem(place);
}

/** Leaves nothing that anybody wrote in this browser. */
export function forgetAllTexts(store: Storage = localStorage): void {
  for (const place of Object.keys(store).filter((name) => name.startsWith(prefix))) store.removeItem(place);
}
