// What the mock company earns: invoices of a year with what the goods cost, and the margin report over them.
import { difference, sum } from './amounts.mjs';
import { choice, field, reference } from './declare.mjs';

const asked = [
  field('from', 'From', 'date'), field('to', 'To', 'date'), field('known_at', 'As known at', 'instant'), reference('customer', 'Customer', 'directory.party'), reference('product', 'Product', 'catalog.product'),
];

export const marginReports = [
  { name: 'sales.margin', title: 'Margin', module: 'sales', help: 'What was earned.', parameters: [choice('by', 'By', [['product', 'Product'], ['customer', 'Customer'], ['month', 'Month']], { default: 'product' }), ...asked] },
  { name: 'sales.margin_entries', title: 'What margin is made of', module: 'sales', help: 'Every invoice and every cost behind a figure of the margin report.', parameters: asked },
];

function* entriesOf(tables) {
  for (let number = 1; number <= 260; number += 1) {
    const product = tables['catalog.product'][(number * number + 3 * number) % 23];
    const customer = tables['directory.party'][(number * 7) % 11];
    const month = String((number * 5) % 11 + 1).padStart(2, '0');
    const revenue = `${(number * 137) % 1900 + 40}.${String((number * 29) % 100).padStart(2, '0')}`;
    const share = product.id % 9 === 0 ? 1.08 : 0.5 + (number % 5) / 20;
    yield { number, product, customer, date: `2026-${month}-${String(number % 28 + 1).padStart(2, '0')}`, revenue, cost: (Number(revenue) * share).toFixed(2) };
  }
}

const lastDay = (month) => new Date(Date.UTC(2026, Number(month.slice(5)), 0)).toISOString().slice(0, 10);
const kinds = {
  product: ({ product }) => ({ name: product.name, id: product.id, entity: 'catalog.product', product_id: product.id }),
  customer: ({ customer }) => ({ name: customer.name, id: customer.id, entity: 'directory.party', customer_id: customer.id }),
  month: ({ date }) => ({ name: date.slice(0, 7), from: `${date.slice(0, 7)}-01`, to: lastDay(date.slice(0, 7)) }),
};

export function marginBodies({ tables, column, amount, hidden }) {
  const found = ({ from, to, known_at: knownAt, customer, product }) => [...entriesOf(tables)].filter((entry) =>
    (!from || entry.date >= from) && (!to || entry.date <= to) && (!knownAt || entry.date <= knownAt.slice(0, 10))
    && (!customer || entry.customer.id === Number(customer)) && (!product || entry.product.id === Number(product)));
  const entries = { report: 'sales.margin_entries', parameters: { from: 'from', to: 'to', known_at: ':known_at', customer: 'customer_id', product: 'product_id' } };
  return {
    'sales.margin': ({ by, ...question }) => {
      const groups = new Map();
      for (const entry of found(question)) {
        const row = kinds[by](entry);
        const key = `${row.name} ${row.id ?? ''}`;
        groups.set(key, { row, entries: [...(groups.get(key)?.entries ?? []), entry] });
      }
      return {
        columns: [
          column('name', 'Name', 'text', { drill_down: { entity: '@entity', id_column: 'id' } }), amount('revenue', 'Revenue', { drill_down: entries }), amount('cost', 'Cost', { drill_down: entries }),
          amount('profit', 'Profit', { drill_down: entries }), column('margin', 'Margin', 'percent'), ...['id', 'entity', 'from', 'to', 'customer_id', 'product_id'].map(hidden),
        ],
        rows: [...groups.values()].map(({ row, entries: own }) => {
          const [revenue, cost] = [sum(own.map((entry) => entry.revenue)), sum(own.map((entry) => entry.cost))];
          const profit = difference(revenue, cost);
          return { ...row, revenue, cost, profit, margin: ((Number(profit) / Number(revenue)) * 100).toFixed(1) };
        }),
      };
    },
    'sales.margin_entries': (question) => ({
      columns: [column('date', 'Date', 'date'), column('document', 'Document', 'text'), column('product', 'Product', 'text'), amount('revenue', 'Revenue'), amount('cost', 'Cost')],
      rows: found(question).map(({ number, date, product, revenue, cost }) => ({ date, document: `SI-2026-${String(number).padStart(5, '0')}`, product: product.name, revenue, cost })),
    }),
  };
}
