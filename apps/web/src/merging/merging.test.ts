import { describe, expect, test } from 'vitest';
import { cellOf, conflictsOf, signed, stanceText, type BuyingCentre } from '../buying/matrix';
import { complaintBody, complaintFrom, emptyComplaint } from '../complaints/complaint_draft';
import { outcomeOfKey, steppedPlace } from '../calls/call_keys';
import { choicesWith } from './merge_preview';

describe('merge: whose value is taken', () => {
  const record = { id: 1, choices: [{ id: 4, version: 1, field: 'email', take: 'kept' }] };

  test('a choice that is there is changed under its id, another is added', () => {
    expect(choicesWith(record, 'email', 'dropped')).toEqual([{ id: 4, field: 'email', take: 'dropped' }]);
    expect(choicesWith(record, 'phone', 'dropped')).toEqual([{ id: 4, field: 'email', take: 'kept' }, { field: 'phone', take: 'dropped' }]);
    expect(choicesWith({ id: 1 }, 'phone', 'kept')).toEqual([{ field: 'phone', take: 'kept' }]);
  });
});

describe('complaint: three fields', () => {
  const customer = { id: 9, label: 'Lakeside' };

  test('the page it begins on says whom or what it is about', () => {
    expect(complaintFrom('directory.party', 3, undefined).party).toEqual({ id: 3, label: '' });
    expect(complaintFrom('catalog.product', 5, undefined).product).toEqual({ id: 5, label: '' });
    expect(complaintFrom('sales.order', 7, { number: 'SO-1', customer })).toMatchObject({ party: customer, about: 'order', order: 'SO-1' });
    expect(complaintFrom('sales.order', 7, undefined)).toEqual(emptyComplaint);
    expect(complaintFrom('purchasing.order', 7, { number: 'PO-1', customer })).toEqual(emptyComplaint);
  });

  test('what is empty is not sent, and of product and order only the one that is shown', () => {
    expect(complaintBody({ ...emptyComplaint, party: customer, happened: ' bent ', product: { id: 2, label: '' }, order: 'SO-1' })).toEqual({ party: 9, what_happened: 'bent', product: 2 });
    expect(complaintBody({ ...emptyComplaint, isStranger: true, customer: 'A walker', party: customer, happened: 'rude', about: 'order', order: 'SO-1' }))
      .toEqual({ customer: 'A walker', what_happened: 'rude', order_reference: 'SO-1' });
    expect(complaintBody(emptyComplaint)).toEqual({});
  });
});

describe('calls: two keystrokes', () => {
  test('digits stand for outcomes as they are numbered', () => {
    expect(outcomeOfKey('2', ['ordered', 'later'])).toBe('later');
    expect(outcomeOfKey('3', ['ordered', 'later'])).toBeNull();
    expect(outcomeOfKey('x', ['ordered'])).toBeNull();
  });

  test('arrows and letters lead through the list and not out of it', () => {
    expect(steppedPlace('ArrowDown', 0, 2)).toBe(1);
    expect(steppedPlace('j', 1, 2)).toBe(1);
    expect(steppedPlace('k', 0, 2)).toBe(0);
    expect(steppedPlace('End', 0, 0)).toBe(0);
    expect(steppedPlace('a', 0, 2)).toBeNull();
  });
});

describe('buying centre: who is of which mind', () => {
  const centre = {
    criteria: [{ id: 1, name: 'Price', conflict: '0.5' }, { id: 2, name: 'Delivery', conflict: '0' }, { id: 3, name: 'Service', conflict: '1.25' }],
    cells: [{ member: 7, criterion: 1, weight: 8, position: -1, since: '2026-01-01' }],
  } as unknown as BuyingCentre;

  test('the criteria over which they are furthest apart come first, those of one mind not at all', () => {
    expect(conflictsOf(centre).map(({ name }) => name)).toEqual(['Service', 'Price']);
    expect(cellOf(centre, 7, 1)?.weight).toBe(8);
    expect(cellOf(centre, 7, 2)).toBeUndefined();
  });

  test('a stance is said in words and with its sign', () => {
    expect([stanceText(-2), stanceText(0), stanceText(2)]).toEqual(['against us', 'neutral', 'for us']);
    expect([signed(2), signed(0), signed(-1)]).toEqual(['+2', '0', '−1']);
  });
});
