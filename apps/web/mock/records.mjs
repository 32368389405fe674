// Create, change and move records, with the refusals that a real company would meet.
import { scaled } from './amounts.mjs';
import { tell } from './changes.mjs';
import { entities, today } from './catalogue.mjs';
import { completedLines, completedOrder, day, numberedLines, receive, referenceTo, remember, tables } from './company.mjs';
import { enterStage } from './crm.mjs';
import { registered } from './customers.mjs';
import { reopenBooks } from './custom_fields.mjs';
import { moved } from './jobs.mjs';
import { begunKnowledge, movedKnowledge, rewritten } from './knowledge_books.mjs';
import { joined } from './knowledge_people.mjs';
import { Refusal } from './refusal.mjs';

const entityNamed = (name) => entities.find((entity) => entity.name === name);

export function find(entity, id) {
  const row = tables[entity.name].find((candidate) => candidate.id === id);
  if (!row) throw new Refusal(404, 'record.missing', `There is no ${entity.title.toLowerCase()} ${id}.`);
  return row;
}

const operator = { name: 'administrator' };

export function create(entity, body, transition, user = operator) {
  if (!entity.creatable) throw new Refusal(403, 'access.denied', `${entity.plural} are made by other documents.`);
  const { transition_input: input = {}, ...given } = body;
  const values = checked(entity, given, null);
  const rows = tables[entity.name];
  const id = (rows.at(-1)?.id ?? 0) + 1;
  const blank = Object.fromEntries(entity.fields.map((field) => [field.name, field.kind === 'lines' ? [] : field.default]));
  const row = completed(entity, { ...blank, ...values, id, version: 1 });
  if (entity.workflow) row[entity.workflow.field] = entity.workflow.states[0].name;
  const number = { 'purchasing.order': 'PO', 'purchasing.vendor_invoice': 'VI', 'warranty.claim': 'WC' }[entity.name];
  if (number) row.number = `${number}-2026-${String(id).padStart(5, '0')}`;
  if (entity.name === 'crm.complaint') registered(row, day);
  if (transition) checkMove(entity, row, transition, input);
  rows.push(row);
  if (entity.module === 'knowledge') {
    try {
      begunKnowledge({ tables, row, entity, entities, user, day });
    } catch (refusal) {
      rows.pop();
      throw refusal;
    }
  }
  remember(entity.name, id, `${entity.name}.create`, Object.keys(values).map((field) => ({ field, before: null, after: row[field] })));
  tell(entity.name, id, row.version);
  opened(entity);
  return transition ? move(entity, row, transition, input, user) : row;
}

export function change(entity, row, body, ifMatch, user = operator) {
  checkVersion(entity, row, ifMatch);
  const state = entity.workflow?.states.find((candidate) => candidate.name === row[entity.workflow.field]);
  if (!entity.editable || state?.editable === false) throw new Refusal(409, 'record.closed', `To change ${row.number}, bring it back to draft: it is ${state?.label.toLowerCase()}.`);
  const values = checked(entity, body, row);
  const changes = Object.keys(values).map((field) => ({ field, before: row[field], after: values[field] }));
  const before = { ...row };
  Object.assign(row, completed(entity, { ...row, ...values }), { version: row.version + 1 });
  if (entity.name === 'knowledge.asset') rewritten({ tables, row, before, user });
  remember(entity.name, row.id, `${entity.name}.change`, changes);
  tell(entity.name, row.id, row.version);
  opened(entity);
  return row;
}

function opened(entity) {
  if (entity.name === 'fields.custom_field') reopenBooks(entities, tables[entity.name]);
}

export function checkVersion(entity, row, ifMatch) {
  if (ifMatch && ifMatch !== `"${row.version}"`) throw new Refusal(412, 'record.stale', `To save this ${entity.title.toLowerCase()}, look at it again: it has changed since it was read.`);
}

export function remove(entity, row) {
  if (!entity.deletable) throw new Refusal(409, 'record.kept', `${entity.plural} are not deleted.`);
  if (entity.workflow && row[entity.workflow.field] !== entity.workflow.states[0].name) throw new Refusal(409, 'record.posted', `To take ${row.number} back, cancel it: it is no draft any more.`);
  tables[entity.name].splice(tables[entity.name].indexOf(row), 1);
  tell(entity.name, row.id, null, true);
}

export function move(entity, row, transition, input, user = operator) {
  checkMove(entity, row, transition, input);
  if (entity.name === 'crm.opportunity' && transition.name === 'move') enterStage(row, find(entityNamed('crm.stage'), Number(input.stage)), referenceTo);
  const as = { ...row };
  const before = row[entity.workflow.field];
  row[entity.workflow.field] = transition.to ?? before;
  row.version += 1;
  if (entity.name === 'purchasing.order' && transition.name === 'receive') {
    row.lines.forEach((line) => { line.received = line.quantity; });
    receive(row, input.received_on, input.delivery_note);
  }
  if (entity.name === 'purchasing.match_hold') {
    const invoice = tables['purchasing.vendor_invoice'].find((candidate) => candidate.id === row.invoice.id);
    if (invoice) invoice.state = 'posted';
  }
  if (entity.module === 'knowledge') {
    try {
      movedKnowledge({ tables, row, entity, transition, input, user, today, day, keep: (body) => create(entityNamed('knowledge.asset'), body, null, user) });
    } catch (refusal) {
      Object.assign(row, as);
      throw refusal;
    }
  }
  if (['crm', 'search'].includes(entity.module) || entity.name === 'knowledge.question') keepInput(entity, row, transition, input);
  moved(entity, row, transition);
  remember(entity.name, row.id, `${entity.name}.${transition.name}`, [{ field: entity.workflow.field, before, after: transition.to }], input.reason ?? '');
  tell(entity.name, row.id, row.version);
  return row;
}

// What was asked for is kept in the fields of the same name, and the day in the one for it.
function keepInput(entity, row, transition, input) {
  for (const { name } of entity.fields) if (name in input && name !== 'stage') row[name] = input[name];
  if (transition.name === 'done' && 'done_on' in row) row.done_on = today;
}

function checkMove(entity, row, transition, input) {
  if (!transition.permitted) throw new Refusal(403, 'access.denied', `To ${transition.name} ${row.number}, ask someone with the permission ${transition.permission}.`);
  const state = row[entity.workflow.field];
  if (!transition.from.includes(state)) throw new Refusal(409, 'workflow.wrong_state', `To ${transition.name} ${row.number ?? 'this record'}, it must be ${transition.from.join(' or ')}: it is ${state}.`);
  for (const field of transition.input) if (field.required && !input[field.name]) throw new Refusal(422, 'field.required', `Enter ${field.label.toLowerCase()}.`, field.name);
  if (entity.name === 'purchasing.order' && transition.name === 'approve' && row.lines.length === 0) throw new Refusal(409, 'purchasing.order_empty', `To approve ${row.number}, give it at least one line.`);
}

function completed(entity, row) {
  if (entity.name === 'purchasing.order') return completedOrder(row);
  if (entity.module === 'knowledge') {
    for (const { name: own } of entity.fields.filter(({ kind }) => kind === 'lines')) row[own] = numberedLines(row[own] ?? []);
    joined(entity, row, today);
    return row;
  }
  return Array.isArray(row.lines) ? { ...row, lines: completedLines(row.lines) } : row;
}

function checked(entity, body, before, prefix = '') {
  const values = {};
  for (const [name, value] of Object.entries(body)) {
    if (name === 'id' && prefix) continue;
    const field = entity.fields.find((candidate) => candidate.name === name);
    if (!field || field.read_only) throw new Refusal(422, 'field.unknown', `${entity.plural} have no ${name} to set.`, prefix + name);
    values[name] = checkedValue(field, value, prefix, before);
  }
  for (const field of entity.fields) {
    const value = name(field) in values ? values[name(field)] : before?.[name(field)] ?? field.default;
    if (field.required && (value === null || value === undefined || value === '')) throw new Refusal(422, 'field.required', `Enter ${field.label.toLowerCase()}.`, prefix + field.name);
  }
  return values;
}

const name = (field) => field.name;

function checkedValue(field, value, prefix, before) {
  if (field.kind === 'lines') return value.map((line, index) => checkedLine(field, line, index, before));
  if (value === null) return null;
  if (field.kind === 'reference') {
    const target = entityNamed(field.entity);
    const row = tables[field.entity].find((candidate) => candidate.id === Number(value.id ?? value));
    if (!row) throw new Refusal(422, 'field.reference', `There is no ${target.title.toLowerCase()} ${value.id ?? value}.`, prefix + field.name);
    return referenceTo(field.entity, row);
  }
  if (field.name === 'quantity' && scaled(value) <= 0n) throw new Refusal(422, 'purchasing.quantity_not_positive', 'To order something, enter a quantity above zero.', prefix + field.name);
  return value;
}

function checkedLine(field, line, index, before) {
  const lineEntity = entityNamed(field.entity);
  const old = before?.[field.name]?.find((candidate) => candidate.id === line.id) ?? null;
  return { ...old, ...checked(lineEntity, line, old, `${field.name}[${index}].`), ...(old ? { id: old.id } : {}) };
}

export function importCsv(entity, csv) {
  const [head, ...rows] = csv.trim().split(/\r?\n/).map((line) => line.split(',').map((cell) => cell.replace(/^"|"$/g, '')));
  const bodies = rows.map((cells, index) => {
    const body = Object.fromEntries(head.map((column, at) => [column, cells[at] === '' ? null : cells[at]]));
    try {
      return checked(entity, body, null);
    } catch (refusal) {
      throw new Refusal(422, refusal.code, `Row ${index + 2}: ${refusal.message}`, refusal.field);
    }
  });
  let updated = 0;
  for (const body of bodies) {
    const old = body.number && tables[entity.name].find((row) => row.number === body.number);
    if (old) {
      Object.assign(old, body, { version: old.version + 1 });
      updated += 1;
    } else create(entity, body, null);
  }
  return { created: bodies.length - updated, updated };
}

export function related(entity, row) {
  const links = [];
  for (const other of entities.filter((candidate) => candidate.workflow && candidate.menu === 'documents' && candidate.name !== entity.name)) {
    for (const candidate of tables[other.name]) {
      const pointsHere = other.fields.some((field) => field.entity === entity.name && candidate[field.name]?.id === row.id);
      const isPointedAt = entity.fields.some((field) => field.entity === other.name && row[field.name]?.id === candidate.id);
      if (pointsHere || isPointedAt) links.push({ entity: other.name, id: candidate.id, label: candidate.number, title: other.title });
      if (links.length >= 40) return { links };
    }
  }
  return { links };
}

export function match(order) {
  const holds = tables['purchasing.match_hold'].filter((hold) => hold.order.id === order.id && hold.state === 'active');
  const invoice = tables['purchasing.vendor_invoice'].find((candidate) => candidate.order?.id === order.id);
  const lines = order.lines.map((line) => matchLine(line, invoice, holds.length > 0));
  return {
    order: { id: order.id, number: order.number }, currency: order.currency, lines,
    holds: holds.map(({ id, invoice: held, reason, amount, since, clears_when }) => ({ id, invoice: held, reason, amount, since, clears_when })),
  };
}

function matchLine(line, invoice, isHeld) {
  const value = (quantity) => (Number(quantity) * Number(line.price)).toFixed(2);
  const open = Number(line.quantity) - Number(line.received);
  const status = Number(line.invoiced) > Number(line.received) ? (isHeld ? 'held' : 'warn') : open > 0 ? 'open' : 'ok';
  const explanation = {
    held: `${line.invoiced} are invoiced, ${line.received} are received: ${open} still have to arrive or be credited.`,
    warn: `${line.invoiced} are invoiced, ${line.received} are received.`,
    open: `${open} still have to arrive.`,
    ok: 'Ordered, received and invoiced agree.',
  }[status];
  return {
    order_line: line.id, line_number: line.line_number, product: line.product, ordered: line.quantity, received: line.received, returned: line.returned ?? '0', invoiced: line.invoiced,
    price: line.price, invoice_price: invoice ? line.price : null, ordered_value: value(line.quantity), received_value: value(line.received), invoiced_value: value(line.invoiced), status, explanation,
  };
}

export { today };
