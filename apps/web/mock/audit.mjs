// The audit trail of the whole company, searched as the real server does it.
import { entities } from './catalogue.mjs';
import { history, label, tables } from './company.mjs';
import { Refusal } from './refusal.mjs';

const known = new Set(['by', 'entity', 'record', 'command', 'from', 'until', 'text', 'limit', 'before']);

export function audit(query) {
  for (const name of query.keys()) if (!known.has(name)) throw new Refusal(400, 'http.unknown_parameter', `To search the audit trail, leave ${name} out.`);
  const given = (name) => query.get(name) ?? '';
  const found = all().filter((row) =>
    (!given('by') || row.by === given('by')) && (!given('entity') || row.entity === given('entity')) && (!given('record') || String(row.record) === given('record')) &&
    (!given('command') || row.command.split('.').at(-1) === given('command') || row.command === given('command')) && (!given('from') || row.at.slice(0, 10) >= given('from')) && (!given('until') || row.at.slice(0, 10) <= given('until')) &&
    (!given('text') || JSON.stringify(row).toLowerCase().includes(given('text').toLowerCase())));
  const after = given('before') ? found.filter((row) => row.id < Number(given('before'))) : found;
  return { rows: after.slice(0, Number(given('limit') || 50)), total: found.length };
}

function all() {
  const rows = [...history].flatMap(([key, entries]) => {
    const [name, id] = key.split(' ');
    const record = tables[name].find((row) => row.id === Number(id));
    return entries.map(({ user, ...entry }) => ({ ...entry, by: user, entity: name, record: Number(id), label: record ? label(name, record) : `#${id}` }));
  });
  return rows.filter((row) => entities.some((entity) => entity.name === row.entity)).sort((left, right) => right.id - left.id);
}
