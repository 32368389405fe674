// One server, one browser, and the words in which the tests speak about pages.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const web = fileURLToPath(new URL('../../apps/web/', import.meta.url));
const require = createRequire(join(web, 'package.json'));
const { chromium } = require('playwright-core');
const axeSource = require('axe-core').source;

const flags = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

export const password = 'seven lanterns over the harbour';
const cookieName = '__Host-tessera_session';

/** The administrator has come in by the link that the new company gave; pages and requests of the tests are theirs. */
export async function openWorld(rules = {}) {
  const server = await startServer(rules);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  const world = { base: server.base, browser, isMock: server.isMock, idle: [] };
  world.cookie = await accept(world, server.link);
  world.fetch = (path, init = {}) => fetch(server.base + path, { ...init, headers: { Cookie: world.cookie, Origin: server.base, ...init.headers } });
  world.get = async (path) => {
    const response = await world.fetch(path);
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}`);
    return response.json();
  };
  world.post = async (path, body) => {
    const response = await world.fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.status === 204 ? null : response.json();
  };
  /** A transition, or a record created by one, which are done once under their key. */
  world.run = async (path, body = {}) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), 'If-Match': '*' };
    const response = await world.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  world.hasAudit = (await world.fetch('/api/audit?limit=1')).ok;
  world.catalogue = await world.get('/api/catalogue');
  world.entity = (name) => world.catalogue.entities.find((entity) => entity.name === name);
  world.close = async () => {
    await browser.close();
    await server.stop();
  };
  return world;
}

/** Chooses the password of whom the link is for; answers the cookie of the session that it begins. */
export async function accept(world, link) {
  const response = await fetch(`${world.base}/api/session/invitation`, {
    method: 'POST', headers: { 'Content-Type': 'application/json', Origin: world.base }, body: JSON.stringify({ link, password }),
  });
  if (!response.ok) throw new Error(`The link was answered ${response.status}: ${await response.text()}`);
  return response.headers.get('set-cookie').split(';')[0];
}

/** Somebody new with these roles, who has chosen a password. */
export async function withRoles(world, roles) {
  const { rows } = await world.get('/api/access/roles?limit=200&fields=name');
  const lines = roles.map((name) => ({ role: rows.find((role) => role.name === name).id }));
  const { id, name } = await world.post('/api/access/users', { name: `colleague.${Date.now() % 1_000_000}`, full_name: 'A colleague', roles: lines });
  const { link } = await world.post(`/api/access/users/${id}/link`, {});
  return { id, name, cookie: await accept(world, link.split('#')[1]) };
}

/** `confirmationSeconds`: until the password is asked for again before something sensitive; longer than the tests take, unless they are about it. */
export async function startServer({ confirmationSeconds = 86_400 } = {}) {
  const program = process.env.TESSERA_PROGRAM;
  if (!program) {
    const mock = await started(process.execPath, [join(web, 'mock/server.mjs'), '--listen', '127.0.0.1:0', '--sign-in', '--confirmation-age-max', String(confirmationSeconds)], () => {});
    return { ...mock, link: 'first-sign-in', isMock: true };
  }
  const folder = mkdtempSync(join(tmpdir(), 'tessera-browser-'));
  const database = join(folder, 'demo.db');
  const told = execFileSync(program, ['demo', '--database', database], { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  const rules = join(folder, 'tessera.toml');
  writeFileSync(rules, `[accounts]\nconfirmation_age_max = "${confirmationSeconds}s"\n`);
  const server = await started(program, ['serve', '--database', database, '--listen', '127.0.0.1:0', '--config', rules], () => rmSync(folder, { recursive: true, force: true }));
  return { ...server, link: /\/welcome#(\S+)/.exec(told)?.[1], isMock: false };
}

function started(program, words, clean) {
  const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = () =>
    new Promise((resolve) => {
      server.once('exit', () => { clean(); resolve(); });
      if (!server.kill('SIGTERM')) resolve();
    });
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`No address after 60 s; the server said: ${output}`)), 60_000);
    server.stdout.on('data', (chunk) => {
      output += chunk;
      const address = /on (http:\/\/[\d.]+:\d+)/.exec(output);
      if (!address) return;
      clearTimeout(timer);
      resolve({ base: address[1], stop });
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
  });
}

/**
 * A fresh page, signed in with this cookie or with none, that fails the test when the page itself fails. It stands in a window that may
 * have shown other pages before: of those it has the code at hand, as somebody's browser has, and nothing that was kept or typed.
 */
export async function openPage(world, path, { cookie = world.cookie } = {}) {
  const context = world.idle.pop() ?? await world.browser.newContext({ viewport: { width: 1440, height: 860 }, colorScheme: 'light', reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.mistakes = [];
  page.on('pageerror', (error) => page.mistakes.push(error.message));
  page.settled = settling(page);
  await forget(context, page, world.base);
  const held = { name: cookieName, domain: new URL(world.base).hostname, path: '/', secure: true, httpOnly: true, sameSite: 'Strict' };
  if (cookie) await context.addCookies([{ ...held, value: cookie.slice(cookieName.length + 1) }]);
  await page.goto(world.base + path, { waitUntil: 'commit' });
  await page.waitForFunction(() => document.querySelector('h1:not(main.message-page > h1)'));
  await page.settled();
  page.finish = async () => {
    await Promise.all(context.pages().map((one) => one.close()));
    world.idle.push(context);
    if (page.mistakes.length > 0) throw new Error(`The page failed: ${page.mistakes.join('; ')}`);
  };
  return page;
}

async function forget(context, page, origin) {
  await context.clearCookies();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'local_storage,indexeddb' });
  await session.detach();
}

/** Gives what waits until the page has nothing to fetch, has drawn what came, and has nothing to do. */
function settling(page) {
  const underWay = new Set();
  let begun = 0;
  let ended = () => {};
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource') return;
    underWay.add(request);
    begun += 1;
  });
  const end = (request) => underWay.delete(request) && underWay.size === 0 && ended();
  page.on('requestfinished', end);
  page.on('requestfailed', end);
  const drawn = () => new Promise((resolve) => { requestAnimationFrame(() => requestIdleCallback(resolve)); });
  const allEnded = () => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The page still waits for ${[...underWay].map((request) => request.url()).join(', ')}`)), 30_000);
    ended = () => { clearTimeout(timer); resolve(); };
  });
  return async () => {
    for (let seen = -1; seen !== begun || underWay.size > 0;) {
      if (underWay.size > 0) await allEnded();
      seen = begun;
      await page.evaluate(drawn);
    }
  };
}

const ofColours = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } };

/** What axe finds on the page as it stands, in light, and then in dark what depends on the colours. */
export async function violationsOf(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const inLight = await found(page, 'light', {});
  const inDark = await found(page, 'dark', ofColours);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...inLight, ...inDark];
}

async function found(page, scheme, rules) {
  await page.emulateMedia({ colorScheme: scheme });
  await page.waitForFunction((wanted) => document.documentElement.getAttribute('data-mantine-color-scheme') === wanted, scheme);
  await page.evaluate(stands);
  const { violations } = await page.evaluate((given) => window.axe.run(document, { ...given, resultTypes: ['violations'] }), rules);
  return violations.map((violation) => `${scheme}: ${violation.id}: ${violation.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
}

/** Nothing on the page moves any more, but for what always does. */
function stands() {
  const passing = document.getAnimations().filter((one) => one.effect.getComputedTiming().iterations !== Infinity);
  return Promise.allSettled(passing.map((one) => one.finished));
}

export const rowsOf = (page) => page.locator('[role=grid] .grid-body [role=row]');
export const focusedCell = (page) => page.evaluate(() => document.activeElement?.getAttribute('data-cell') ?? null);

/** Fills every required field that is still empty, whatever the entity, as a person would: by typing and choosing. */
export async function fillRequired(page, world, entity) {
  for (const field of entity.fields.filter((candidate) => candidate.required && !candidate.read_only && candidate.kind !== 'lines')) {
    const input = page.locator(`.field [data-field="${field.name}"]`);
    if ((await input.inputValue()) !== '') continue;
    await enter(page, input, field);
  }
  for (const field of entity.fields.filter((candidate) => candidate.kind === 'lines')) {
    await page.getByRole('button', { name: 'Add line' }).click();
    const shown = world.entity(field.entity).fields.filter((line) => line.required && !line.read_only);
    for (const line of shown) {
      const input = page.getByLabel(`${line.label}, line 1`, { exact: true });
      if ((await input.count()) > 0 && (await input.inputValue()) === '') await enter(page, input, line);
    }
  }
}

/** What a record of this kind has to say, with a text that nobody else has. */
export function requiredTexts(world, name) {
  const { fields } = world.entity(name);
  return Object.fromEntries(fields.filter((field) => field.required && !field.read_only && field.kind === 'text').map((field) => [field.name, `T-${crypto.randomUUID().slice(0, 12)}`]));
}

/** Chooses a record in a reference by its name. */
export async function choose(page, input, name) {
  await input.click();
  await input.fill(name);
  await page.getByRole('option', { name }).first().click();
}

async function enter(page, input, field) {
  if (field.kind === 'choice') return input.selectOption({ index: 1 });
  await input.click();
  if (field.kind !== 'reference') {
    const values = { text: `T-${Date.now() % 1_000_000}`, integer: '3', date: 't', boolean: '' };
    await page.keyboard.type(values[field.kind] ?? '5');
    return page.keyboard.press('Tab');
  }
  const option = page.locator('[role=option]:visible').first();
  if (!(await option.isVisible())) await page.keyboard.press('ArrowDown');
  await option.waitFor();
  await option.click();
  return page.keyboard.press('Tab');
}
