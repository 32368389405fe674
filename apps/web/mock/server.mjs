// The HTTP contract without the real server: node mock/server.mjs [--listen 127.0.0.1:8080] [--sign-in] [--confirmation-age-max 600]
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attachments } from './attachments.mjs';
import { audit } from './audit.mjs';
import { entities } from './catalogue.mjs';
import { follow } from './changes.mjs';
import { history, tables } from './company.mjs';
import { beginWork } from './jobs.mjs';
import { knowledgeViews } from './knowledge_books.mjs';
import { counts, list, page } from './lists.mjs';
import { htmlFrom } from './markdown.mjs';
import { mergeViews } from './merging.mjs';
import { change, checkVersion, create, find, importCsv, match, move, related, remove } from './records.mjs';
import { Refusal } from './refusal.mjs';
import { run, shownText } from './reports.mjs';
import { choose, search } from './search.mjs';
import { callerOf, catalogueFor, mayAttach, ofUser, requireConfirmedFor, session } from './session.mjs';
import { metrics, ready } from './operation.mjs';

// What the request has seen; any version will do for *.
const versionSeen = (request) => (request.headers['if-match'] === '*' ? undefined : request.headers['if-match']);

const bundle = fileURLToPath(new URL('../dist/', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const answers = new Map();
const views = { ...knowledgeViews({ tables, entities }), ...mergeViews({ tables, entities }) };

function api(request, parts, query, body, raw) {
  if (parts[0] === 'session') return session(request, parts.slice(1), body ? JSON.parse(body) : {});
  const caller = callerOf(request);
  if (parts[0] === 'catalogue') return { json: catalogueFor(caller) };
  if (parts[0] === 'audit') return { json: audit(query) };
  if (parts[0] === 'search' && parts.length === 1) return { json: search(query, caller.user) };
  if (request.method === 'POST' && parts.join('/') === 'search/choices') {
    choose(JSON.parse(body));
    return { status: 204 };
  }
  if (parts[0] === 'markdown') return { json: { html: htmlFrom(JSON.parse(body).text) } };
  if (parts[0] === 'reports') return reportAnswer(parts[1], query);
  const entity = entities.find((candidate) => candidate.path === `${parts[0]}/${parts[1]}`);
  if (!entity) throw new Refusal(404, 'path.missing', 'There is nothing at this address.');
  const [, , id, action, number] = parts;
  if (request.method !== 'GET' && action !== 'link' && action !== 'attachments') requireConfirmedFor(caller, entity, id === 'import' ? 'import' : 'change');
  if (id === undefined) return collection(caller, request, entity, query, body);
  if (id === 'export.csv') return { body: exported(entity, query), type: 'text/csv', file: `${entity.path.replace('/', '_')}.csv` };
  if (id === 'import') return { json: importCsv(entity, body) };
  const row = find(entity, Number(id));
  if (action === 'attachments') return attachments(request, entity, row, number, { query, raw, caller: { ...caller, mayAttach: (to) => mayAttach(caller, to) } });
  if (action === 'files') return { body: row.body, type: 'text/markdown', file: `${row.number}.md` };
  return single(caller, request, entity, row, action, body);
}

function requireKey(request) {
  if (!request.headers['idempotency-key']) throw new Refusal(400, 'kernel.key_required', 'To do this once and not twice, send a key of its own with it: Idempotency-Key.');
}

function collection(caller, request, entity, query, body) {
  if (request.method === 'GET') return { json: (query.has('count_by') ? counts : page)(entity, tables[entity.name], query) };
  const transition = entity.workflow?.transitions.find((candidate) => candidate.name === query.get('transition')) ?? null;
  if (transition) requireKey(request);
  const row = create(entity, JSON.parse(body), transition, caller.user);
  return { status: 201, json: row, headers: { Location: `/api/${entity.path}/${row.id}` } };
}

function single(caller, request, entity, row, action, body) {
  if (action === 'history') return { json: { entries: history.get(`${entity.name} ${row.id}`) ?? [] } };
  if (action === 'related') return { json: related(entity, row) };
  if (action === 'match') return { json: match(row) };
  const view = views[`${entity.name} ${action}`];
  if (view) return { json: view(row, caller.user) };
  if (action === 'link' || action === 'rights') return ofUser(caller, row, action);
  if (action) {
    const transition = entity.workflow?.transitions.find((candidate) => candidate.name === action);
    if (!transition) throw new Refusal(404, 'path.missing', 'There is nothing at this address.');
    requireKey(request);
    checkVersion(entity, row, versionSeen(request));
    return { json: move(entity, row, transition, body ? JSON.parse(body) : {}, caller.user) };
  }
  if (request.method === 'PATCH') return { json: change(entity, row, JSON.parse(body), versionSeen(request), caller.user) };
  if (request.method === 'DELETE') {
    remove(entity, row);
    return { status: 204 };
  }
  return { json: row };
}

function exported(entity, query) {
  const fields = entity.fields.filter((field) => field.kind !== 'lines');
  const cell = (value) => (value === null || value === undefined ? '' : `"${typeof value === 'object' ? value.label : value}"`);
  return [fields.map((field) => field.name).join(','), ...list(entity, tables[entity.name], query).map((row) => fields.map((field) => cell(row[field.name])).join(','))].join('\n');
}

function reportAnswer(name, query) {
  const answer = run(name, query);
  const format = query.get('format') ?? 'json';
  if (format === 'json') return { json: answer };
  return { body: shownText(answer), type: format === 'csv' ? 'text/csv' : 'application/octet-stream', file: `${name}.${format}` };
}

function respond(response, { status = 200, json, body, type, file, headers = {} }) {
  const own = { ...headers };
  if (json?.version !== undefined) own.ETag = `"${json.version}"`;
  if (file) own['Content-Disposition'] = `attachment; filename="${file}"`;
  own['Content-Type'] = json === undefined ? type ?? 'text/plain' : status >= 400 ? 'application/problem+json' : 'application/json';
  response.writeHead(status, own);
  response.end(json === undefined ? body : JSON.stringify(json));
}

async function staticFile(path) {
  const wanted = extname(path) ? normalize(path).replace(/^[/\\]+/, '') : 'index.html';
  try {
    return { body: await readFile(join(bundle, wanted)), type: types[extname(wanted)] ?? 'application/octet-stream' };
  } catch {
    return { status: 404, body: 'Not found' };
  }
}

function changes(request, url, response) {
  try {
    callerOf(request);
  } catch (refusal) {
    return respond(response, { status: refusal.status, json: refusal.document });
  }
  return follow(url.searchParams, response);
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://mock');
  if (url.pathname === '/healthz') return respond(response, { body: 'ok' });
  if (url.pathname === '/readyz') return respond(response, { json: ready() });
  if (url.pathname === '/metrics') return respond(response, { body: metrics() });
  if (!url.pathname.startsWith('/api/')) return respond(response, await staticFile(url.pathname));
  if (url.pathname === '/api/changes') return changes(request, url, response);
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const body = raw.toString();
  const key = request.headers['idempotency-key'];
  const remembered = key && answers.get(key);
  if (remembered && remembered.body === body) return respond(response, remembered.answer);
  if (remembered) return respond(response, { status: 422, json: new Refusal(422, 'http.key_reused', 'This key belongs to another command.').document });
  let answer;
  try {
    const parts = url.pathname.slice('/api/'.length).split('/').map(decodeURIComponent);
    answer = structuredClone(api(request, parts, url.searchParams, body, raw));
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    answer = error instanceof Refusal ? { status: error.status, json: error.document, headers: error.headers } : { status: 500, json: { status: 500, title: 'Mistake', detail: error.message } };
  }
  if (key && (answer.status ?? 200) < 400) answers.set(key, { body, answer });
  return respond(response, answer);
}

beginWork(entities);
const listen = process.argv.includes('--listen') ? process.argv[process.argv.indexOf('--listen') + 1] : '127.0.0.1:8080';
const [host, port] = listen.split(':');
const server = createServer((request, response) => void handle(request, response));
server.listen(Number(port), host, () => console.log(`Serving mock on http://${host}:${server.address().port}`));
