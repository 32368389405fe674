import { difference, scaled, sum } from './amounts.mjs';
import { catalogue, reports, today } from './catalogue.mjs';
import { tables } from './company.mjs';
import { customerBodies } from './customers.mjs';
import { knowledgeBodies } from './knowledge_books.mjs';
import { marginBodies } from './margin.mjs';
import { Refusal } from './refusal.mjs';
import { warrantyBodies } from './warranty.mjs';

const column = (name, label, type, more = {}) => ({ name, label, type, total: false, hidden: false, help: '', drill_down: null, ...more });
const amount = (name, label, more = {}) => column(name, label, 'money', { total: true, ...more });
const hidden = (name) => column(name, name, 'integer', { hidden: true });

export function run(name, query) {
  const report = reports.find((candidate) => candidate.name === name);
  if (!report) throw new Refusal(404, 'report.missing', `There is no report ${name}.`);
  const parameters = Object.fromEntries(report.parameters.map((parameter) => [parameter.name, query.get(parameter.name) ?? parameter.default]));
  for (const parameter of report.parameters) {
    if (parameter.required && !parameters[parameter.name]) throw new Refusal(422, 'report.parameter', `Enter ${parameter.label.toLowerCase()}.`, parameter.name);
  }
  const { columns, rows } = bodies[name](parameters);
  const summed = columns.filter((candidate) => candidate.total);
  const totals = summed.length === 0 ? null : Object.fromEntries(summed.map(({ name: key }) => [key, sum(rows.map((row) => row[key]))]));
  return { report: name, title: report.title, company: catalogue.company.name, parameters, columns, rows, totals, made_at: new Date().toISOString() };
}

const inSpan = (line, from, to) => (!from || line.date >= from) && (!to || line.date <= to);
const balance = (lines) => difference(sum(lines.map((line) => line.debit)), sum(lines.map((line) => line.credit)));

const bodies = {
  ...warrantyBodies({ tables, column, amount, hidden }),
  ...customerBodies({ tables, column, amount, hidden }),
  ...marginBodies({ tables, column, amount, hidden }),
  ...knowledgeBodies({ tables, column, hidden }),

  'financials.trial_balance'({ from, as_of, zero }) {
    const drill = { report: 'financials.general_ledger', parameters: { account: 'account_id', from: ':from', to: ':as_of' } };
    const rows = tables['financials.account'].map((account) => {
      const own = tables['financials.journal_line'].filter((line) => line.account.id === account.id && line.date <= as_of);
      const before = own.filter((line) => line.date < from);
      const during = own.filter((line) => line.date >= from);
      return {
        account: account.number, name: account.name, account_id: account.id, opening: balance(before), debit: sum(during.map((line) => line.debit)),
        credit: sum(during.map((line) => line.credit)), closing: balance(own),
      };
    });
    return {
      columns: [
        column('account', 'Account', 'text', { drill_down: drill }), column('name', 'Name', 'text'), hidden('account_id'), amount('opening', 'Opening'),
        amount('debit', 'Debit', { drill_down: drill }), amount('credit', 'Credit', { drill_down: drill }), amount('closing', 'Closing'),
      ],
      rows: rows.filter((row) => zero === 'true' || row.closing !== '0.00' || row.debit !== '0.00'),
    };
  },

  'financials.general_ledger'({ account, from, to }) {
    let running = 0n;
    const rows = tables['financials.journal_line']
      .filter((line) => line.account.id === Number(account) && inSpan(line, from, to))
      .map((line) => {
        running += scaled(line.debit, 2) - scaled(line.credit, 2);
        const text = running.toString().replace('-', '').padStart(3, '0');
        return { entry: line.number, line_id: line.id, date: line.date, text: line.description, debit: line.debit, credit: line.credit, balance: `${running < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}` };
      });
    return {
      columns: [
        column('entry', 'Entry', 'text', { drill_down: { entity: 'financials.journal_line', id_column: 'line_id' } }), hidden('line_id'), column('date', 'Date', 'date'),
        column('text', 'Text', 'text'), amount('debit', 'Debit'), amount('credit', 'Credit'), column('balance', 'Balance', 'money'),
      ],
      rows,
    };
  },

  'purchasing.holds'() {
    const rows = tables['purchasing.match_hold'].filter((hold) => hold.state === 'active').map((hold) => ({
      id: hold.id, invoice: hold.invoice.label, invoice_id: hold.invoice.id, supplier: hold.supplier.label, supplier_id: hold.supplier.id, order: hold.order.label, order_id: hold.order.id,
      reason: hold.reason, amount: hold.amount, since: hold.since, clears_when: hold.clears_when,
    }));
    return {
      columns: [
        hidden('id'), hidden('invoice_id'), hidden('supplier_id'), hidden('order_id'),
        column('invoice', 'Invoice', 'text', { drill_down: { entity: 'purchasing.vendor_invoice', id_column: 'invoice_id' } }),
        column('supplier', 'Supplier', 'text', { drill_down: { entity: 'directory.party', id_column: 'supplier_id' } }),
        column('order', 'Order', 'text', { drill_down: { entity: 'purchasing.order', id_column: 'order_id' } }),
        column('reason', 'Reason', 'text'), amount('amount', 'At stake'), column('since', 'Since', 'date'), column('clears_when', 'Clears when', 'text'),
      ],
      rows,
    };
  },

  'purchasing.supplier_performance'({ supplier }) {
    const rows = new Map();
    for (const order of tables['purchasing.order']) {
      if (supplier && order.supplier.id !== Number(supplier)) continue;
      const row = rows.get(order.supplier.id) ?? { supplier: order.supplier.label, supplier_id: order.supplier.id, orders: 0, ordered_value: '0.00' };
      row.orders += 1;
      row.ordered_value = sum([row.ordered_value, order.total]);
      rows.set(order.supplier.id, row);
    }
    return {
      columns: [
        column('supplier', 'Supplier', 'text', { drill_down: { entity: 'directory.party', id_column: 'supplier_id' } }), hidden('supplier_id'),
        column('orders', 'Orders', 'integer'), amount('ordered_value', 'Ordered value'),
      ],
      rows: [...rows.values()],
    };
  },
};

export const shownText = (answer) => {
  const shown = answer.columns.filter((candidate) => !candidate.hidden);
  return [shown.map((candidate) => candidate.label), ...answer.rows.map((row) => shown.map((candidate) => `"${row[candidate.name] ?? ''}"`))].map((cells) => cells.join(',')).join('\n');
};
export { today };
