import { describe, expect, test } from 'vitest';
import type { Field } from '../api/contract';
import { blankLine, draftFrom, isBlank, isChanged, linesOf } from './draft';
import { merged } from './merge';
import { changedPayload, errorsOf, newPayload } from './payload';

const field = (name: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ name, label: name, kind, ...more });

const lineFields = [
  field('product', 'reference', { required: true, entity: 'catalog.product' }),
  field('quantity', 'quantity', { required: true, label: 'Quantity' }),
  field('price', 'price'),
  field('amount', 'money', { read_only: true }),
];
const fields = [
  field('number', 'text', { read_only: true }),
  field('supplier', 'reference', { required: true, label: 'Supplier', entity: 'directory.party' }),
  field('date', 'date', { default: '2026-11-22' }),
  field('note', 'text'),
  field('lead_days', 'integer'),
  field('urgent', 'boolean'),
  field('lines', 'lines', { entity: 'purchasing.order_line' }),
];
const lineFieldsOf = () => lineFields;

const saved = {
  id: 7, version: 3, number: 'PO-1', supplier: { id: 12, label: 'Superior Bicycles' }, date: '2026-11-01', note: 'soon', lead_days: 5, urgent: true,
  lines: [{ id: 70, product: { id: 1, label: 'Wheel' }, quantity: '10', price: '12.50', amount: '125.00' }],
};

describe('form: the body of a new record', () => {
  test('holds what was entered and the defaults, nothing that is empty or read only', () => {
    const draft = { ...draftFrom(null, fields, lineFieldsOf), supplier: { id: 12, label: 'Superior Bicycles' }, number: 'typed' };
    expect(newPayload(draft, fields, lineFieldsOf)).toEqual({ supplier: 12, date: '2026-11-22', urgent: false, lines: [] });
  });

  test('a choice that was taken back is nothing, and not the default', () => {
    const cause = field('cause', 'choice', { default: 'material', choices: [{ value: 'material', label: 'Material' }] });
    expect(newPayload({ cause: 'material' }, [cause])).toEqual({ cause: 'material' });
    expect(newPayload({ cause: '' }, [cause])).toEqual({ cause: null });
    expect(newPayload({ cause: '' }, [{ ...cause, default: null }])).toEqual({});
  });

  test('decimals stay text, integers become numbers, references become ids', () => {
    const line = blankLine(lineFields);
    line.values = { ...line.values, product: { id: 1, label: 'Wheel' }, quantity: '12345678901234567890.5', amount: '1' };
    const draft = { ...draftFrom(null, fields, lineFieldsOf), lead_days: '14', lines: [line] };
    expect(newPayload(draft, fields, lineFieldsOf)).toMatchObject({
      lead_days: 14,
      lines: [{ product: 1, quantity: '12345678901234567890.5' }],
    });
  });
});

describe('form: the body of a change', () => {
  const base = draftFrom(saved, fields, lineFieldsOf);

  test('nothing changed, nothing sent', () => {
    expect(changedPayload(draftFrom(saved, fields, lineFieldsOf), base, fields, lineFieldsOf)).toEqual({});
    expect(isChanged(draftFrom(saved, fields, lineFieldsOf), base, fields)).toBe(false);
  });

  test('only what differs; what was emptied is null', () => {
    const draft = { ...base, note: '', date: '2026-12-01' };
    expect(changedPayload(draft, base, fields, lineFieldsOf)).toEqual({ note: null, date: '2026-12-01' });
  });

  test('a touched line brings the whole list, kept lines with their id', () => {
    const added = blankLine(lineFields);
    added.values = { ...added.values, product: { id: 2, label: 'Frame' }, quantity: '1' };
    const draft = { ...base, lines: [...linesOf(base, 'lines'), added] };
    expect(changedPayload(draft, base, fields, lineFieldsOf)).toEqual({
      lines: [{ id: 70, product: 1, quantity: '10', price: '12.50' }, { product: 2, quantity: '1' }],
    });
  });

  test('a removed line is missing from the list', () => {
    expect(changedPayload({ ...base, lines: [] }, base, fields, lineFieldsOf)).toEqual({ lines: [] });
  });

  test('the same reference under another label is no change', () => {
    const draft = { ...base, supplier: { id: 12, label: 'renamed' } };
    expect(changedPayload(draft, base, fields, lineFieldsOf)).toEqual({});
  });
});

describe('form: what is wrong before it is sent', () => {
  test('names each field by its path', () => {
    const line = blankLine(lineFields);
    line.values = { ...line.values, product: { id: 1, label: 'Wheel' }, quantity: 'ten' };
    const draft = { ...draftFrom(null, fields, lineFieldsOf), lead_days: '1.5', date: '2026-02-30', lines: [line, blankLine(lineFields)] };
    expect(errorsOf(draft, fields, lineFieldsOf)).toEqual({
      supplier: 'Enter supplier.',
      date: 'Enter a day as year-month-day, such as 2026-01-31.',
      lead_days: 'Enter a whole number.',
      'lines[0].quantity': 'Enter a number, such as 1234.50.',
      'lines[1].product': 'Enter product.',
      'lines[1].quantity': 'Enter quantity.',
    });
  });

  test('a line is blank until something is entered', () => {
    const line = blankLine(lineFields);
    expect(isBlank(line, lineFields)).toBe(true);
    expect(isBlank({ ...line, values: { ...line.values, price: '1' } }, lineFields)).toBe(false);
    expect(isBlank({ ...line, id: 70 }, lineFields)).toBe(false);
  });
});

describe('form: two people changed one record', () => {
  const base = draftFrom(saved, fields, lineFieldsOf);

  test('changes to different fields merge without a question', () => {
    const result = merged(base, { ...base, note: 'mine' }, { ...base, date: '2026-12-24' }, fields);
    expect(result.conflicts).toEqual([]);
    expect(result.draft).toMatchObject({ note: 'mine', date: '2026-12-24' });
  });

  test('one field changed by both is a conflict, mine proposed', () => {
    const result = merged(base, { ...base, note: 'mine' }, { ...base, note: 'theirs' }, fields);
    expect(result.conflicts.map((conflict) => conflict.name)).toEqual(['note']);
    expect(result.draft['note']).toBe('mine');
  });

  test('the same change by both is none', () => {
    expect(merged(base, { ...base, note: 'same' }, { ...base, note: 'same' }, fields).conflicts).toEqual([]);
  });
});

describe('form: a field that the entity has been given since', () => {
  const grown = [...fields, field('grade', 'choice'), field('hazardous', 'boolean')];
  const grownLines = [...lineFields, field('fragile', 'boolean'), field('batch', 'text')];

  test('is no change, neither of the record nor of its lines', () => {
    expect(isChanged(draftFrom(saved, fields, lineFieldsOf), draftFrom(saved, grown, () => grownLines), grown)).toBe(false);
  });

  test('is one when it is filled in', () => {
    const draft = { ...draftFrom(saved, fields, lineFieldsOf), hazardous: true };
    const base = draftFrom(saved, grown, () => grownLines);
    expect(changedPayload(draft, base, grown, () => grownLines)).toEqual({ hazardous: true });
  });
});
