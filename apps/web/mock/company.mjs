// A believable company in memory, the same on every start.
import { entities, today } from './catalogue.mjs';
import { product as times, sum } from './amounts.mjs';
import { makeOpportunities } from './crm.mjs';
import { makeCustomers } from './customers.mjs';
import { makeKnowledge } from './knowledge_books.mjs';
import { makeClaims } from './warranty.mjs';

export const partyCount = Number(process.env.MOCK_PARTIES ?? 100_000);

let seed = 20261122;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
export const day = (back) => new Date(Date.parse(today) - back * 86_400_000).toISOString().slice(0, 10);

const first = ['Superior', 'Mountain', 'Advanced', 'Bergen', 'Coastal', 'Northern', 'Lakeside', 'Premier', 'Union', 'Atlas', 'Vista', 'Proseware', 'Trey', 'Wide World', 'Fine'];
const second = ['Bicycles', 'Components', 'Precision Parts', 'Castings', 'Wheels', 'Saddles', 'Steel', 'Textiles', 'Bearings', 'Logistics', 'Paints', 'Tools', 'Rubber', 'Alloys'];
const form = ['Inc.', 'GmbH', 'Ltd', 'SpA', 'AG', 'LLC', 'BV'];
const cities = [['Portland', 'US'], ['Seattle', 'US'], ['Köln', 'DE'], ['Žilina', 'SK'], ['Lyon', 'FR'], ['Leeds', 'GB'], ['Torino', 'IT'], ['Gent', 'BE'], ['Zürich', 'CH']];
const parts = ['Chain', 'Crankset', 'Front derailleur', 'Rear brake', 'Touring pedal', 'HL road frame', 'Seat post', 'Thin-jam lock nut 9', 'Headset ball bearings', 'Fork end', 'Hub', 'Spoke', 'Inner tube', 'Mountain tire', 'Chainring bolts', 'Racing socks', 'Bottle cage', 'Handlebar tube', 'Internal lock washer 7', 'Paint, black'];
const buyers = ['A. Wright', 'M. Hagemann', 'F. Ajenstat', 'E. Kurjan', 'S. Word'];

export const tables = Object.fromEntries(entities.map((entity) => [entity.name, []]));
export const history = new Map();

let nextEntry = 1;
export function remember(name, id, command, changes, reason = '') {
  const key = `${name} ${id}`;
  if (!history.has(key)) history.set(key, []);
  history.get(key).unshift({ id: nextEntry++, at: new Date().toISOString().replace('Z', '000Z'), user: 'administrator', command, reason, changes });
}

export const label = (name, row) => {
  const entity = entities.find((candidate) => candidate.name === name);
  return String(row[entity.display] ?? row.id);
};
export const referenceTo = (name, row) => ({ id: row.id, label: label(name, row) });

function makeParties() {
  for (let id = 1; id <= partyCount; id += 1) {
    const [city, country] = pick(cities);
    tables['directory.party'].push({
      id, version: 1, number: `P-${String(id).padStart(6, '0')}`, name: `${pick(first)} ${pick(second)} ${pick(form)}`, role: pick(['supplier', 'customer', 'both']),
      city, country, email: `office@party${id}.example`, payment_terms: pick(['net_10', 'net_30', 'net_60', '2_10_net_30']), currency: country === 'US' ? 'USD' : 'EUR',
      credit_limit: `${1000 * Math.floor(random() * 200)}.00`, since: day(Math.floor(random() * 4000)), active: random() > 0.06, note: null,
    });
  }
}

function makeProducts() {
  for (let id = 1; id <= 480; id += 1) {
    const cost = (2 + random() * 180).toFixed(2);
    tables['catalog.product'].push({
      id, version: 1, number: `BK-${1000 + id}`, name: `${parts[id % parts.length]} ${100 + Math.floor(id / parts.length)}`, category: pick(['components', 'bikes', 'clothing', 'accessories']),
      unit: pick(['ea', 'ea', 'kg', 'box']), list_price: (Number(cost) * 1.6).toFixed(4), standard_cost: `${cost}00`, lead_time_days: Math.floor(random() * 40) + 2, weight: null, active: true,
    });
  }
}

function makeAccounts() {
  const chart = [
    ['1000', 'Cash at bank', 'asset'], ['1100', 'Trade receivables', 'asset'], ['1200', 'Inventory', 'asset'], ['1210', 'Goods received not invoiced', 'liability'],
    ['1500', 'Machinery', 'asset'], ['2000', 'Trade payables', 'liability'], ['2100', 'Input tax', 'asset'], ['2110', 'Output tax', 'liability'], ['3000', 'Share capital', 'equity'],
    ['3900', 'Retained earnings', 'equity'], ['4000', 'Sales of goods', 'income'], ['4100', 'Freight charged', 'income'], ['5000', 'Cost of goods sold', 'expense'],
    ['5100', 'Purchase price variance', 'expense'], ['6000', 'Wages', 'expense'], ['6100', 'Rent', 'expense'], ['6200', 'Energy', 'expense'], ['6900', 'Bank charges', 'expense'],
  ];
  chart.forEach(([number, name, kind], index) => tables['financials.account'].push({ id: index + 1, version: 1, number, name, kind, open: true }));
}

function makeJournal() {
  const accounts = tables['financials.account'];
  const pairs = [[3, 4], [4, 6], [6, 1], [2, 11], [13, 3], [1, 2], [15, 1], [16, 1], [5, 1], [18, 1]];
  for (let entry = 1; entry <= 3000; entry += 1) {
    const [debit, credit] = pick(pairs);
    const amount = (random() * 9000 + 5).toFixed(2);
    const date = day(Math.floor((3000 - entry) / 10));
    const line = (account, side) => ({
      id: tables['financials.journal_line'].length + 1, version: 1, number: `JE-2026-${String(entry).padStart(5, '0')}`, date,
      account: referenceTo('financials.account', accounts[account - 1]), description: pick(['Goods receipt', 'Vendor invoice', 'Payment', 'Delivery', 'Monthly run']),
      debit: side === 'debit' ? amount : '0.00', credit: side === 'credit' ? amount : '0.00', recorded_at: `${date}T14:05:11.250000Z`,
    });
    tables['financials.journal_line'].push(line(debit, 'debit'));
    tables['financials.journal_line'].push(line(credit, 'credit'));
  }
}

let nextLine = 1;
export const numberedLines = (lines) => lines.map((line) => ({ ...line, id: line.id ?? nextLine++ }));

export function completedLines(lines) {
  return lines.map((line, index) => ({ ...line, id: line.id ?? nextLine++, line_number: index + 1, amount: times(line.quantity ?? '0', line.price ?? '0') }));
}

export function completedOrder(order) {
  const lines = completedLines(order.lines).map((line) => ({ ...line, received: line.received ?? '0', returned: line.returned ?? '0', invoiced: line.invoiced ?? '0' }));
  const subtotal = sum(lines.map((line) => line.amount));
  const tax = times(subtotal, '0.08');
  return { ...order, lines, subtotal, tax, total: sum([subtotal, tax]) };
}

const orderStates = ['draft', 'approved', 'part_received', 'received', 'closed', 'cancelled'];
function makeOrders() {
  const products = tables['catalog.product'];
  const suppliers = tables['directory.party'].filter((party) => party.role !== 'customer').slice(0, 60);
  for (let id = 1; id <= 1240; id += 1) {
    const state = id > 1225 ? pick(['draft', 'approved']) : id % 9 === 0 ? pick(orderStates) : 'closed';
    const count = 1 + Math.floor(random() * 5);
    const lines = Array.from({ length: count }, () => {
      const item = pick(products);
      const quantity = String(5 * (1 + Math.floor(random() * 40)));
      const isIn = ['received', 'closed'].includes(state);
      const received = isIn ? quantity : state === 'part_received' ? String(Math.floor(Number(quantity) * 0.6)) : '0';
      return { product: referenceTo('catalog.product', item), description: item.name, quantity, price: item.standard_cost, due_on: day(1240 - id - 20), received, invoiced: isIn ? received : '0' };
    });
    tables['purchasing.order'].push(completedOrder({
      id, version: 1, number: `PO-2026-${String(id).padStart(5, '0')}`, supplier: referenceTo('directory.party', pick(suppliers)), date: day(Math.floor((1240 - id) / 4)), due_on: day(Math.floor((1240 - id) / 4) - 21),
      currency: random() > 0.85 ? 'EUR' : 'USD', buyer: pick(buyers), supplier_reference: null, matching: 'three_way', note: null, state, lines,
    }));
    remember('purchasing.order', id, 'purchasing.order.create', [{ field: 'state', before: null, after: 'draft' }]);
    if (state !== 'draft') remember('purchasing.order', id, 'purchasing.order.approve', [{ field: 'state', before: 'draft', after: 'approved' }]);
  }
}

function makeInvoices() {
  const reasons = ['quantity_exceeds_receipt', 'price_exceeds_order', 'duplicate_suspected'];
  for (const order of tables['purchasing.order'].filter((candidate) => ['part_received', 'received', 'closed'].includes(candidate.state)).slice(-260)) {
    const id = tables['purchasing.vendor_invoice'].length + 1;
    const isHeld = order.state === 'part_received';
    const lines = completedLines(order.lines.map((line) => ({ product: line.product, quantity: isHeld ? line.quantity : line.received, price: line.price })));
    if (isHeld) order.lines.forEach((line) => { line.invoiced = line.quantity; });
    tables['purchasing.vendor_invoice'].push({
      id, version: 1, number: `VI-2026-${String(id).padStart(5, '0')}`, supplier_number: String(40000 + id * 7), supplier: order.supplier, order: referenceTo('purchasing.order', order),
      date: order.date, due_on: day(-20), currency: order.currency, total: sum(lines.map((line) => line.amount)), state: isHeld ? 'held' : id % 7 ? 'paid' : 'posted', lines,
    });
    if (!isHeld) continue;
    const reason = reasons[id % 3];
    const missing = order.lines.map((line) => ({ ...line, open: Number(line.quantity) - Number(line.received) }));
    const amount = sum(missing.map((line) => times(String(line.open), line.price)));
    const count = missing.reduce((total, line) => total + line.open, 0);
    tables['purchasing.match_hold'].push({
      id: tables['purchasing.match_hold'].length + 1, version: 1, invoice: { id, label: `VI-2026-${String(id).padStart(5, '0')}` }, order: referenceTo('purchasing.order', order), supplier: order.supplier,
      reason, amount, since: order.date, state: 'active', clears_when: `Receive ${count} more, or have ${order.supplier.label} credit ${amount}.`,
    });
  }
}

function makeReceipts() {
  for (const order of tables['purchasing.order'].filter((candidate) => ['part_received', 'received', 'closed'].includes(candidate.state)).slice(-300)) receive(order, order.date, `DN ${order.id * 13}`);
}

export function receive(order, on, note) {
  const id = tables['purchasing.goods_receipt'].length + 1;
  const receipt = {
    id, version: 1, number: `GR-2026-${String(id).padStart(5, '0')}`, order: referenceTo('purchasing.order', order), supplier: order.supplier, received_on: on, delivery_note: note,
    value: sum(order.lines.map((line) => times(line.received, line.price))), state: 'posted',
  };
  tables['purchasing.goods_receipt'].push(receipt);
  return receipt;
}

function makeUsers() {
  const lines = (...values) => values.map((value, index) => ({ id: index + 1, ...value }));
  const role = (id, name, help, permissions, rules = [], fields = []) => ({
    id, version: 1, name, help, permissions: lines(...permissions.map((permission) => ({ permission }))), rules: lines(...rules), fields: lines(...fields),
  });
  tables['access.role'].push(
    role(1, 'Administrator', 'May see and do everything', ['*']),
    role(2, 'Reader', 'Sees all records and reports, changes nothing', ['*.read']),
    role(3, 'Buyer', 'Orders what is needed, and sees the rest', ['*.read', 'purchasing.edit', 'purchasing.approve'],
      [{ entity: 'purchasing.order', field: 'supplier', operation: 'eq', value: '7' }], [{ entity: 'directory.party', field: 'credit_limit', access: 'read_only' }]),
    role(4, 'Warehouse', null, ['purchasing.read', 'purchasing.receive']),
  );
  const roles = (...ids) => lines(...ids.map((id) => ({ role: referenceTo('access.role', tables['access.role'][id - 1]), starts_on: null, ends_on: null })));
  const people = [['administrator', 'Administrator', [1]], ['ada', 'Ada Lovelace', [1]], ['grace', 'Grace Hopper', [1]], ['karl', 'Karl Drais', [3]], ['nora', 'Nora Stanton', [3, 4]]];
  people.forEach(([name, full_name, ids], index) =>
    tables['access.user'].push({ id: index + 1, version: 1, name, full_name, email: `${name}@demo.example`, active: true, leaves_on: null, roles: roles(...ids), values: [] }));
}

makeUsers();
makeParties();
makeProducts();
makeAccounts();
makeJournal();
makeOrders();
makeInvoices();
makeReceipts();
makeClaims({ tables, referenceTo, pick, random, day });
makeOpportunities({ tables, referenceTo, pick, random, day });
makeCustomers({ tables, referenceTo, pick, random, day });
makeKnowledge({ tables, referenceTo, day });
