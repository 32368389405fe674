// A plugin of the mock company: claims, three reports, and what it shows in pages that are not its own.
import { sum } from './amounts.mjs';
import { choice, computed, entity, field, money, reference, states, text, transition } from './declare.mjs';

const own = (name, label, from, to, more) => transition(name, label, from, to, { permission: 'warranty.decide', ...more });

export const warrantyEntities = [
  entity('warranty.claim', 'Warranty claim', 'Warranty claims', 'warranty/claims', {
    help: 'What a customer reports as broken, what we decide, and what it costs us.',
    fields: [
      text('number', 'Number', computed),
      reference('customer', 'Customer', 'directory.party', { required: true }),
      reference('product', 'Product', 'catalog.product', { required: true }),
      field('claimed_on', 'Claimed on', 'date', { required: true, default: '2026-11-22' }),
      text('fault', 'Fault', { required: true, multiline: true }),
      choice('cause', 'Cause', [['material', 'Material'], ['assembly', 'Assembly'], ['misuse', 'Misuse']], { default: 'material', help: 'Left empty until it is known.' }),
      money('estimated_cost', 'Estimated cost', { currency_field: null }),
      money('actual_cost', 'Actual cost', { ...computed, currency_field: null }),
      choice('state', 'State', [['open', 'Open'], ['accepted', 'Accepted'], ['refused', 'Refused'], ['settled', 'Settled']], computed),
    ],
    workflow: {
      field: 'state',
      states: states(['open', 'Open', true], ['accepted', 'Accepted'], ['refused', 'Refused'], ['settled', 'Settled']),
      transitions: [own('accept', 'Accept', ['open'], 'accepted'), own('refuse', 'Refuse', ['open'], 'refused', { input: [text('reason', 'Reason', { required: true })] }), own('settle', 'Settle', ['accepted'], 'settled')],
    },
  }),
];

const product = reference('product', 'Product', 'catalog.product');
export const warrantyReports = [
  { name: 'warranty.cost_by_product', title: 'Warranty cost by product', module: 'warranty', help: 'Which products come back, and what that costs us.', parameters: [product, field('from', 'From', 'date', { default: '2026-01-01' })] },
  { name: 'warranty.by_month', title: 'Warranty by month', module: 'warranty', help: 'How many claims were made, and what they cost.', parameters: [product] },
  { name: 'warranty.waiting', title: 'Undecided claims', module: 'warranty', help: 'Claims that nobody has decided on.', parameters: [] },
];

const view = (kind, more) => ({ title: null, kind, report: null, entity: null, parameters: {}, column: null, chart: null, ...more });
const chart = (report, shape, x, y, more) => view('chart', { report, chart: { shape, x, y }, ...more });

export const panels = [
  { name: 'warranty.claims_of_product', title: 'What it costs us', entity: 'catalog.product', view: view('report', { report: 'warranty.cost_by_product', parameters: { product: '=id' } }) },
  { name: 'warranty.months_of_product', title: 'Claims by month', entity: 'catalog.product', view: chart('warranty.by_month', 'line', 'month', ['estimated', 'cost'], { parameters: { product: '=id' } }) },
  { name: 'warranty.open_of_product', title: 'Open claims', entity: 'catalog.product', view: view('list', { entity: 'warranty.claim', parameters: { product: '=id', state: 'open' } }) },
  { name: 'warranty.claims_of_order', title: 'Claims against the supplier', entity: 'purchasing.order', view: view('list', { entity: 'warranty.claim', parameters: { customer: '=supplier' } }) },
];

export const cards = [
  { name: 'warranty.waiting', title: 'Claims that wait', view: view('figure', { report: 'warranty.waiting', column: 'claims' }) },
  { name: 'warranty.provision', title: 'Expected cost', view: view('figure', { report: 'warranty.waiting', column: 'estimated' }) },
  { name: 'warranty.worst', title: 'What comes back', view: chart('warranty.cost_by_product', 'bar', 'name', ['cost'], { title: 'Warranty cost of this year by product' }) },
  { name: 'warranty.newest', title: 'Newest claims', view: view('list', { entity: 'warranty.claim', parameters: { state: 'open' } }) },
  { name: 'warranty.map', title: 'Where claims come from', view: view('map', { report: 'warranty.waiting' }) },
];

export const pages = [{
  path: 'warranty/overview', title: 'Warranty overview', report: null, module: 'warranty',
  views: [
    view('figure', { title: 'Claims that wait', report: 'warranty.waiting', column: 'claims' }),
    view('figure', { title: 'Expected cost', report: 'warranty.waiting', column: 'estimated' }),
    chart('warranty.by_month', 'bar', 'month', ['estimated', 'cost'], { title: 'Estimated and actual cost by month' }),
    view('report', { report: 'warranty.cost_by_product' }),
    view('list', { title: 'Newest claims', entity: 'warranty.claim' }),
  ],
}];

export const warrantyPermissions = [['warranty.read', 'Look at warranty claims'], ['warranty.edit', 'Write warranty claims'], ['warranty.decide', 'Accept, refuse and settle warranty claims']];

const faults = ['Cracked after a week', 'Does not shift', 'Bearing worn out', 'Paint comes off', 'Bent on arrival'];

export function makeClaims({ tables, referenceTo, pick, random, day }) {
  const products = tables['catalog.product'].slice(0, 12);
  const customers = tables['directory.party'].filter((party) => party.role !== 'supplier').slice(0, 40);
  for (let id = 1; id <= 120; id += 1) {
    const state = id > 106 ? 'open' : pick(['accepted', 'refused', 'settled', 'settled']);
    const estimate = (20 + random() * 600).toFixed(2);
    tables['warranty.claim'].push({
      id, version: 1, number: `WC-2026-${String(id).padStart(5, '0')}`, customer: referenceTo('directory.party', pick(customers)), product: referenceTo('catalog.product', products[Math.floor(random() ** 2 * products.length)]),
      claimed_on: day(Math.floor((120 - id) * 2.6)), fault: pick(faults), cause: id % 4 ? pick(['material', 'assembly', 'misuse']) : null,
      estimated_cost: estimate, actual_cost: state === 'settled' ? (Number(estimate) * (0.7 + random() * 0.6)).toFixed(2) : '0.00', state,
    });
  }
}

/** What the three reports answer; `column`, `amount` and `hidden` as the other reports of the mock say them. */
export function warrantyBodies({ tables, column, amount, hidden }) {
  const claims = (given, from) => tables['warranty.claim'].filter((claim) => (!given || claim.product.id === Number(given)) && (!from || claim.claimed_on >= from));
  const grouped = (rows, keyOf) => rows.reduce((groups, row) => groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]), new Map());
  const summed = (rows) => ({ claims: rows.length, estimated: sum(rows.map((row) => row.estimated_cost)), cost: sum(rows.map((row) => row.actual_cost)) });
  const figures = [column('claims', 'Claims', 'integer', { total: true }), amount('estimated', 'Estimated'), amount('cost', 'Cost')];
  return {
    'warranty.cost_by_product': ({ product: given, from }) => ({
      columns: [column('number', 'Product', 'text', { drill_down: { entity: 'catalog.product', id_column: 'product_id' } }), column('name', 'Name', 'text'), hidden('product_id'), figures[0], figures[2]],
      rows: [...grouped(claims(given, from), (claim) => claim.product.id)].map(([id, rows]) => {
        const { number, name } = tables['catalog.product'].find((one) => one.id === id);
        return { number, name, product_id: id, ...summed(rows) };
      }).sort((left, right) => Number(right.cost) - Number(left.cost)),
    }),
    'warranty.by_month': ({ product: given }) => ({
      columns: [column('month', 'Month', 'text'), ...figures],
      rows: [...grouped(claims(given), (claim) => claim.claimed_on.slice(0, 7))].sort().map(([month, rows]) => ({ month, ...summed(rows) })),
    }),
    'warranty.waiting': () => ({
      columns: [column('number', 'Claim', 'text', { drill_down: { entity: 'warranty.claim', id_column: 'claim_id' } }), hidden('claim_id'), column('claimed_on', 'Claimed on', 'date'), ...figures.slice(0, 2)],
      rows: claims().filter((claim) => claim.state === 'open').map((claim) => ({ number: claim.number, claim_id: claim.id, claimed_on: claim.claimed_on, claims: 1, estimated: claim.estimated_cost })),
    }),
  };
}
