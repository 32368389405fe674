import { expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Entity, HistoryChange, HistoryEntry } from '../api/contract';
import { ownedNames, toldChange } from './told_change';

const invoice = { name: 'purchasing.vendor_invoice', title: 'Vendor invoice', fields: [{ name: 'note', label: 'Note', kind: 'text' }], workflow: null } as unknown as Entity;
const catalogue = new Catalogue({ company: { decimals: 2 }, entities: [invoice], reports: [], pages: [] } as unknown as CatalogueDocument);
const attached: HistoryChange[] = [
  { field: 'attachment 7: entity', before: null, after: 'purchasing.vendor_invoice' },
  { field: 'attachment 7: name', before: null, after: 'bill.pdf' },
  { field: 'attachment 7: size', before: null, after: '12345' },
  { field: 'attachment 7: state', before: null, after: 'kept' },
];
const removed: HistoryChange[] = [{ field: 'attachment 7: state', before: 'kept', after: 'removed' }];
const entries = [{ changes: removed }, { changes: attached }] as HistoryEntry[];
const told = (changes: HistoryChange[], owned = ownedNames(entries)) => changes.map((change) => toldChange(catalogue, invoice, change, { lines: new Map(), owned })).filter((one) => one !== null);

test('history: a file that is attached is told by its name alone', () => {
  expect(told(attached)).toEqual([{ label: 'Attachment', before: null, after: 'bill.pdf' }]);
});

test('history: what becomes of it is told under the name it came with, and under its number where that is not known', () => {
  expect(told(removed)).toEqual([{ label: 'bill.pdf', before: 'Kept', after: 'Removed' }]);
  expect(told(removed, new Map())).toEqual([{ label: 'Attachment 7', before: 'Kept', after: 'Removed' }]);
});

test('history: a letter is told by its subject', () => {
  expect(told([{ field: 'e-mail 3: subject', before: null, after: 'Your order' }, { field: 'e-mail 3: attempts', before: '0', after: '1' }])).toEqual([{ label: 'E-mail', before: null, after: 'Your order' }]);
});

test('history: the fields of the record itself are told as before', () => {
  expect(told([{ field: 'note', before: 'old', after: 'new' }, { field: 'hash', before: '1', after: '2' }])).toEqual([{ label: 'Note', before: 'old', after: 'new' }]);
});
