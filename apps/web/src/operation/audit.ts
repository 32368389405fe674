import type { HistoryChange } from '../api/contract';

export interface AuditEntry {
  id: number;
  at: string;
  by: string;
  command: string;
  entity: string;
  record: number;
  label: string;
  reason?: string | null;
  changes: HistoryChange[];
}

export interface AuditAnswer {
  rows: AuditEntry[];
  total: number;
}

/** What the audit trail is searched by; it stands in the address, in the API's own words. */
export const auditFields = ['text', 'by', 'entity', 'record', 'command', 'from', 'until'] as const;
export type AuditSearch = Record<(typeof auditFields)[number], string>;

export function auditSearchFrom(search: string): AuditSearch {
  const query = new URLSearchParams(search);
  return Object.fromEntries(auditFields.map((name) => [name, query.get(name) ?? ''])) as AuditSearch;
}

export function auditQuery(search: AuditSearch): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of auditFields) if (search[name].trim()) query.set(name, search[name].trim());
  return query;
}

/** Entries below the day they were made on, by the reader's clock. */
export function byDay(entries: AuditEntry[], dayOf: (instant: string) => string): { day: string; entries: AuditEntry[] }[] {
  const days: { day: string; entries: AuditEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.at);
    if (days.at(-1)?.day !== day) days.push({ day, entries: [] });
    days.at(-1)!.entries.push(entry);
  }
  return days;
}
