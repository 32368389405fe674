import { expect, test } from 'vitest';
import { auditQuery, auditSearchFrom, byDay, type AuditEntry } from './audit';

test('audit: a search reads back from its address as it was, and what is empty is left out', () => {
  const search = auditSearchFrom('?by=ada&entity=purchasing.order&from=2026-11-01&unknown=1');
  expect(search).toEqual({ text: '', by: 'ada', entity: 'purchasing.order', record: '', command: '', from: '2026-11-01', until: '' });
  expect(auditQuery({ ...search, text: '  kettle ', command: ' ' }).toString()).toBe('text=kettle&by=ada&entity=purchasing.order&from=2026-11-01');
});

test('audit: entries stand below their day, in the order they came', () => {
  const entry = (id: number, at: string) => ({ id, at }) as AuditEntry;
  const days = byDay([entry(3, '2026-11-02T09:00:00Z'), entry(2, '2026-11-02T08:00:00Z'), entry(1, '2026-11-01T08:00:00Z')], (at) => at.slice(0, 10));
  expect(days.map(({ day, entries }) => [day, entries.map(({ id }) => id)])).toEqual([['2026-11-02', [3, 2]], ['2026-11-01', [1]]]);
});
