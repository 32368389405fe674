import { expect, test } from 'vitest';
import { amountsOf, amountsText, holdColumns, type Hold } from './holds';

const hold = (reason: string, amount: string, since: string, currency = 'USD'): Hold =>
  ({ id: 1, reason, amount, since, currency, clearsWhen: '', owner: '', facts: [] });

test('holds: one column for each reason, most money first, oldest hold first', () => {
  const columns = holdColumns([
    hold('price_exceeds_order', '10.10', '2026-01-05'),
    hold('quantity_exceeds_receipt', '500', '2026-01-09'),
    hold('price_exceeds_order', '0.20', '2026-01-02'),
  ]);
  expect(columns.map((column) => [column.label, amountsText(column.amounts, 2, false), column.holds.map((own) => own.since)])).toEqual([
    ['Quantity exceeds receipt', '500.00', ['2026-01-09']],
    ['Price exceeds order', '10.30', ['2026-01-02', '2026-01-05']],
  ]);
});

test('holds: amounts of different currencies are not added', () => {
  const holds = [hold('a', '10', '2026-01-05'), hold('a', '2.50', '2026-01-05', 'EUR'), hold('b', '1', '2026-01-05')];
  expect(amountsText(amountsOf(holds), 2, true)).toBe('11.00 USD + 2.50 EUR');
  expect(amountsText(amountsOf([]), 2, true)).toBe('');
});
