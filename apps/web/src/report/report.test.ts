import { describe, expect, test } from 'vitest';
import { Catalogue } from '../api/catalogue';
import type { CatalogueDocument, Report, ReportColumn } from '../api/contract';
import { destinationOf, reportPageAddress } from '../shell/addresses';
import { drillAddress } from './drill_down';
import { draftOfParameters, missingParameters, parametersFrom, parametersOf } from './report_parameters';
import { hasTotals } from './totals';

const ledger: Report = {
  name: 'financials.general_ledger', title: 'General ledger', module: 'financials',
  parameters: [
    { name: 'account', label: 'Account', kind: 'reference', entity: 'financials.account', required: true },
    { name: 'from', label: 'From', kind: 'date', default: '2026-01-01' },
    { name: 'to', label: 'To', kind: 'date' },
    { name: 'drafts', label: 'Drafts', kind: 'boolean' },
  ],
};
const catalogue = new Catalogue({
  title: 'Tessera', today: '2026-11-22',
  company: { id: 1, name: 'Demo', currency: 'USD', decimals: 2 },
  user: { name: 'a', permissions: [] },
  modules: [], reports: [ledger, { name: 'purchasing.holds', title: 'Holds', module: 'purchasing', parameters: [] }],
  pages: [{ path: 'purchasing/holds', title: 'Holds', report: 'purchasing.holds' }],
  entities: [{
    name: 'purchasing.order', title: 'Purchase order', plural: 'Purchase orders', module: 'purchasing', path: 'purchasing/orders',
    display: 'number', creatable: true, editable: true, deletable: true, menu: 'documents', fields: [], workflow: null,
  }],
} satisfies CatalogueDocument);

const column = (drill_down: ReportColumn['drill_down']): ReportColumn => ({ name: 'debit', label: 'Debit', type: 'money', drill_down });

describe('report: menus', () => {
  test('have those that people choose, and leave out those that pages ask', () => {
    const holds = catalogue.report('purchasing.holds')!;
    const asked = new Catalogue({ ...catalogue.document, reports: [{ ...ledger, in_menu: true }, holds, { ...holds, name: 'crm.segment_count', in_menu: false }] });
    expect(asked.reportsInMenu.map(({ name }) => name)).toEqual(['financials.general_ledger', 'purchasing.holds']);
    expect(asked.report('crm.segment_count')).toBeDefined();
  });
});

describe('report: figures lead to what they are made of', () => {
  const row = { debit: '12.00', account_id: 7, order_id: 5, nothing: null };
  const run = { from: '2026-01-01', to: '2026-01-31' };

  test('to another report, filled from columns, parameters and constants', () => {
    const way = { report: 'financials.general_ledger', parameters: { account: 'account_id', from: ':from', to: ':to', drafts: '=true' } };
    expect(drillAddress(catalogue, column(way), row, run))
      .toBe('/reports/financials/general_ledger?account=7&from=2026-01-01&to=2026-01-31&drafts=true');
  });

  test('to the record behind it', () => {
    expect(drillAddress(catalogue, column({ entity: 'purchasing.order', id_column: 'order_id' }), row, run)).toBe('/purchasing/orders/5');
  });

  test.each([
    ['no way', null],
    ['an unknown report', { report: 'nobody.knows' }],
    ['an unknown entity', { entity: 'nobody.knows', id_column: 'order_id' }],
    ['a row without the record', { entity: 'purchasing.order', id_column: 'nothing' }],
  ])('nowhere with %s', (_, way) => {
    expect(drillAddress(catalogue, column(way), row, run)).toBeNull();
  });

  test('an empty figure leads nowhere', () => {
    expect(drillAddress(catalogue, column({ entity: 'purchasing.order', id_column: 'order_id' }), { ...row, debit: null }, run)).toBeNull();
  });
});

describe('report: parameters live in the address', () => {
  test('what is entered, without the defaults, and read back the same', () => {
    const draft = { account: { id: 7, label: '1000 Cash' }, from: '2026-01-01', to: '2026-03-31', drafts: false };
    const parameters = parametersOf(draft, ledger);
    expect(parameters.toString()).toBe('account=7&to=2026-03-31');
    expect(draftOfParameters(parameters, ledger)).toEqual({ ...draft, account: { id: 7, label: '' } });
  });

  test('unknown parameters are left out', () => {
    expect(parametersFrom('?account=7&colour=red&to=', ledger).toString()).toBe('account=7');
  });

  test('a required parameter without a default has to be asked for', () => {
    expect(missingParameters(new URLSearchParams(), ledger).map((field) => field.name)).toEqual(['account']);
    expect(missingParameters(new URLSearchParams('account=7'), ledger)).toEqual([]);
  });
});

describe('shell: addresses', () => {
  test.each([
    ['/', 'dashboard'],
    ['/purchasing/orders', 'list'],
    ['/purchasing/orders/5', 'record'],
    ['/purchasing/orders/new', 'record'],
    ['/purchasing/orders/abc', 'missing'],
    ['/purchasing/holds', 'report'],
    ['/reports', 'reports'],
    ['/reports/financials/general_ledger', 'report'],
    ['/reports/financials/nothing', 'missing'],
    ['/nothing', 'missing'],
  ])('%s is a %s page', (path, page) => {
    expect(destinationOf(catalogue, path).page).toBe(page);
  });

  test('no address has a dot in its path, which the server would take for a file', () => {
    expect(reportPageAddress(catalogue, 'financials.general_ledger')).toBe('/reports/financials/general_ledger');
    expect(reportPageAddress(catalogue, 'purchasing.holds')).toBe('/purchasing/holds');
  });
});

describe('totals', () => {
  const answer = { report: 'a.b', title: 'B', parameters: {}, columns: [], rows: [] };
  test('a report that sums up nothing has no line of totals, however it says so', () => {
    expect([{}, null, undefined].map((totals) => hasTotals({ ...answer, ...(totals === undefined ? {} : { totals }) }))).toEqual([false, false, false]);
    expect(hasTotals({ ...answer, totals: { amount: '0.00' } })).toBe(true);
  });
});
