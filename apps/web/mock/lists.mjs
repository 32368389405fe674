// Filter, search, sort and page as the contract says.
import { compare } from './amounts.mjs';
import { Refusal } from './refusal.mjs';

const operators = new Set(['gte', 'gt', 'lte', 'lt', 'not', 'in', 'contains', 'is']);
const reserved = new Set(['search', 'sort', 'limit', 'offset', 'fields', 'count', 'count_by', 'format']);
const decimal = new Set(['money', 'quantity', 'price', 'rate', 'percent']);

export function list(entity, rows, query) {
  let found = rows;
  for (const [name, value] of query) {
    if (reserved.has(name)) continue;
    const { field, operator } = condition(entity, name);
    found = found.filter((row) => holds(row[field.name], operator, value, field));
  }
  const search = query.get('search')?.toLowerCase();
  if (search) {
    const searched = entity.fields.filter((field) => field.searchable).map((field) => field.name);
    found = found.filter((row) => searched.some((name) => plain(row[name]).toLowerCase().includes(search)));
  }
  return sorted(entity, found, query.get('sort'));
}

export function page(entity, rows, query) {
  const found = list(entity, rows, query);
  const limit = Math.min(Number(query.get('limit') ?? 50), 500);
  const offset = Number(query.get('offset') ?? 0);
  const names = query.get('fields')?.split(',') ?? entity.fields.filter((field) => field.kind !== 'lines').map((field) => field.name);
  for (const name of names) condition(entity, name);
  const shown = found.slice(offset, offset + limit).map((row) => ({ id: row.id, version: row.version, ...Object.fromEntries(names.map((name) => [name, row[name] ?? null])) }));
  return { rows: shown, ...(query.get('count') === 'false' ? {} : { total: found.length }), limit, offset };
}

export function counts(entity, rows, query) {
  const { field } = condition(entity, query.get('count_by'));
  if (field.kind !== 'choice' && field.kind !== 'boolean' && field.name !== entity.workflow?.field) throw new Refusal(400, 'list.not_countable', `To count ${entity.plural.toLowerCase()}, name a field with few values: ${field.name} may have any.`);
  const found = list(entity, rows, query);
  const of = new Map();
  for (const row of found) of.set(row[field.name] ?? null, (of.get(row[field.name] ?? null) ?? 0) + 1);
  return { counts: [...of].map(([value, count]) => ({ value, count })), total: found.length };
}

function condition(entity, name) {
  const [field, operator = 'equals'] = name.split('.');
  const known = field === 'id' ? { name: 'id', kind: 'integer' } : entity.fields.find((candidate) => candidate.name === field);
  if (!known || (operator !== 'equals' && !operators.has(operator))) throw new Refusal(400, 'list.unknown_field', `To filter ${entity.plural.toLowerCase()}, use a field they have: ${name} is none.`);
  return { field: known, operator };
}

const plain = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? value.label : String(value));
const identity = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? String(value.id) : String(value));

function order(left, right, kind) {
  if (kind === 'integer') return Number(left) - Number(right);
  if (decimal.has(kind)) return compare(left || '0', right || '0');
  return left < right ? -1 : left > right ? 1 : 0;
}

function holds(value, operator, wanted, field) {
  if (operator === 'is') return (value === null || value === undefined || value === '') === (wanted === 'null');
  const own = field.kind === 'reference' ? identity(value) : plain(value);
  if (operator === 'contains') return plain(value).toLowerCase().includes(wanted.toLowerCase());
  if (operator === 'in') return wanted.split(',').includes(own);
  const isEqual = decimal.has(field.kind) ? own !== '' && compare(own, wanted) === 0 : own === wanted;
  if (operator === 'equals') return isEqual;
  if (operator === 'not') return !isEqual;
  if (own === '') return false;
  const distance = order(own, wanted, field.kind);
  return { gte: distance >= 0, gt: distance > 0, lte: distance <= 0, lt: distance < 0 }[operator];
}

function sorted(entity, rows, sort) {
  if (!sort) return rows;
  const keys = sort.split(',').map((part) => ({ ...condition(entity, part.replace('-', '')), sign: part.startsWith('-') ? -1 : 1 }));
  const value = (row, field) => plain(row[field.name]);
  return [...rows].sort((a, b) => {
    for (const { field, sign } of keys) {
      const distance = order(value(a, field), value(b, field), field.kind);
      if (distance !== 0) return sign * distance;
    }
    return a.id - b.id;
  });
}
