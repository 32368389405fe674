// Full-text search over the mock's tables: words in any order, the last one unfinished; what was not found is noted.
import { entities } from './catalogue.mjs';
import { tables } from './company.mjs';
import { list } from './lists.mjs';
import { Refusal } from './refusal.mjs';

const mended = { deraileur: 'derailleur', brke: 'brake' };
const searched = new Set(['knowledge.asset', 'crm.complaint', 'crm.opportunity', 'catalog.product', 'directory.party', 'purchasing.order']);
const plain = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? value.label ?? '' : String(value));
const mark = (text, words) => words.reduce((marked, word) => marked.replace(new RegExp(`(${word.replace(/[^\p{L}\p{N}]/gu, '.')}\\p{L}*)`, 'iu'), '\u0002$1\u0003'), text);

function excerptOf(row, fields, words) {
  const passage = fields.map(({ name }) => plain(row[name])).find((one) => words.some((word) => one.toLowerCase().includes(word))) ?? '';
  const at = Math.max(passage.toLowerCase().indexOf(words[0]) - 60, 0);
  return mark((at > 0 ? '… ' : '') + passage.slice(at, at + 180).replace(/\s+/g, ' '), words);
}

const own = new Set(['q', 'entities', 'limit', 'offset', 'unfinished']);

function hitsOf(words, wanted, filters) {
  const hits = [];
  for (const one of entities.filter(({ name }) => searched.has(name) && (wanted.length === 0 || wanted.includes(name)))) {
    const fields = one.fields.filter((candidate) => candidate.searchable);
    for (const row of list(one, tables[one.name], filters)) {
      const title = plain(row[one.display]);
      const all = fields.map(({ name }) => plain(row[name])).join(' ').toLowerCase();
      if (!words.every((word) => all.includes(word))) continue;
      const score = (one.name === 'knowledge.asset' ? 2 : 1) + words.filter((word) => title.toLowerCase().includes(word)).length;
      hits.push({ entity: one.name, kind: one.title, id: row.id, path: one.path, title, excerpt: excerptOf(row, fields, words), score });
    }
  }
  return hits.sort((left, right) => right.score - left.score);
}

export function search(query, user) {
  const typed = (query.get('q') ?? '').trim();
  const wanted = query.get('entities')?.split(',').filter(Boolean) ?? [];
  const filters = new URLSearchParams([...query].filter(([name]) => wanted.length === 1 && !own.has(name)));
  const limit = Math.min(Number(query.get('limit') ?? 20), 100);
  const offset = Number(query.get('offset') ?? 0);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let hits = words.length === 0 ? [] : hitsOf(words, wanted, filters);
  const read = words.map((word) => mended[word] ?? word);
  const isMended = hits.length === 0 && read.join(' ') !== words.join(' ');
  if (isMended) hits = hitsOf(read, wanted, filters);
  if (hits.length === 0 && words.length > 0 && wanted.length === 0 && query.get('unfinished') !== 'true') miss(typed, user.name);
  return { hits: hits.slice(offset, offset + limit), read_as: isMended ? read.join(' ') : '', more: hits.length > offset + limit, caught_up: true };
}

function miss(typed, by) {
  const rows = tables['search.miss'];
  const at = new Date().toISOString();
  const known = rows.find((row) => row.text.toLowerCase() === typed.toLowerCase());
  if (known) Object.assign(known, { times: known.times + 1, last_at: at, last_by: by });
  else rows.push({ id: rows.length + 1, version: 1, text: typed, times: 1, last_at: at, last_by: by, state: 'open', answer: null });
}

/** Which hit was opened; the mock ranks as before. */
export function choose({ q, entity, id }) {
  const isThere = tables[entity]?.some((row) => row.id === id);
  if (!q || !isThere) throw new Refusal(422, 'search.no_such_hit', 'To say what was chosen, name the words that were typed and a record that is there.', q ? 'id' : 'q');
}
