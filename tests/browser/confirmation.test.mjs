// node --test tests/browser/confirmation.test.mjs
// Before something sensitive a browser asks for the password again, here after seconds: of the real server or of the mock, as in browser.test.mjs.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openPage, openWorld, password, withRoles } from './world.mjs';

const confirmationSeconds = 5;
const world = await openWorld({ confirmationSeconds });
after(() => world.close());

const administrators = [];
for (let count = 0; count < 6; count += 1) {
  await world.post('/api/session/confirmation', { password });
  administrators.push(await withRoles(world, ['Administrator']));
}
await delay(confirmationSeconds * 1_000);

const users = world.entity('access.user');
const openAsOne = async (path) => {
  const person = administrators.pop();
  const page = await openPage(world, path(person), { cookie: person.cookie });
  page.sent = [];
  page.on('request', (request) => request.method() !== 'GET' && page.sent.push(request));
  return { page, person };
};
const ownPage = ({ id }) => `/${users.path}/${id}`;
const saved = ({ id }) => world.get(`/api/${users.path}/${id}`);
const fullName = (page) => page.locator('.field [data-field=full_name]');
const saveButton = (page) => page.getByRole('button', { name: 'Save', exact: true });
const dialogOf = (page) => page.getByRole('dialog', { name: 'Confirm that it is you' });
const confirm = async (page, typed = password) => {
  await dialogOf(page).getByLabel('Password', { exact: true }).fill(typed);
  await dialogOf(page).getByRole('button', { name: 'Confirm', exact: true }).click();
};
const isGone = (page) => dialogOf(page).waitFor({ state: 'detached' });
const focusIsOn = (page, text) => page.waitForFunction((wanted) => document.activeElement?.textContent === wanted, text);
const keysOf = (page, method) => page.sent.filter((request) => request.method() === method).map((request) => request.headers()['idempotency-key']);

test('confirmation: what is saved waits for the password, and then goes on once', async () => {
  const { page, person } = await openAsOne(ownPage);
  const { version } = await saved(person);
  await fullName(page).fill('Renamed One');
  await page.keyboard.press('Control+s');
  await dialogOf(page).getByText('To change users, confirm with your password that it is you.').waitFor();
  await dialogOf(page).getByText('Signed in as A colleague').waitFor();
  const input = dialogOf(page).getByLabel('Password', { exact: true });
  assert.equal(await input.getAttribute('autocomplete'), 'current-password');
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'password');
  await confirm(page, 'not this one at all');
  await dialogOf(page).locator('input[name=password][aria-invalid=true]').waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'password');
  await confirm(page);
  await page.getByText('User saved').waitFor();
  await isGone(page);
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-field') === 'full_name');
  const keys = keysOf(page, 'PATCH');
  assert.equal(keys.length, 2);
  assert.equal(keys[0], keys[1]);
  const { version: after, full_name } = await saved(person);
  assert.deepEqual([after, full_name], [version + 1, 'Renamed One']);
  await page.finish();
});

test('confirmation: who cancels is told what was refused, and keeps what was typed', async () => {
  const { page, person } = await openAsOne(ownPage);
  const { version } = await saved(person);
  await fullName(page).fill('Renamed Two');
  await saveButton(page).click();
  await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
  await isGone(page);
  await page.getByRole('alert').filter({ hasText: 'To change users, confirm with your password that it is you.' }).waitFor();
  assert.equal(await fullName(page).inputValue(), 'Renamed Two');
  await focusIsOn(page, 'Save');
  assert.equal((await saved(person)).version, version);
  await page.keyboard.press('Enter');
  await confirm(page);
  await page.getByText('User saved').waitFor();
  assert.equal((await saved(person)).full_name, 'Renamed Two');
  await page.finish();
});

test('confirmation: several that wait are one question', async () => {
  const { page } = await openAsOne(ownPage);
  let held = [];
  await page.route(`**/api/${users.path}/**`, async (route) => {
    if (route.request().method() === 'GET' || !held) return route.continue();
    held.push(route);
    if (held.length < 2) return undefined;
    const both = held;
    held = null;
    return Promise.all(both.map((one) => one.continue()));
  });
  await fullName(page).fill('Renamed Three');
  await page.getByRole('button', { name: 'New sign-in link' }).click();
  await saveButton(page).click();
  await confirm(page);
  await page.getByText('User saved').waitFor();
  await page.getByLabel('Link', { exact: true }).waitFor();
  assert.equal(await dialogOf(page).count(), 0);
  assert.equal(page.sent.filter((request) => request.url().endsWith('/api/session/confirmation')).length, 1);
  await page.finish();
});

test('confirmation: Escape closes the question alone; what asked for it stays open below', async () => {
  const { page } = await openAsOne(() => '/account');
  await page.getByRole('button', { name: 'New token' }).click();
  const below = page.getByRole('dialog', { name: 'New token' });
  await below.getByLabel('What it is for').fill('Nightly export');
  await below.getByLabel('Look at everything').check();
  await below.getByRole('button', { name: 'Make the token' }).click();
  await dialogOf(page).waitFor();
  await page.keyboard.press('Escape');
  await isGone(page);
  await below.getByRole('alert').filter({ hasText: 'To make a token, confirm with your password that it is you.' }).waitFor();
  assert.equal(await below.getByLabel('What it is for').inputValue(), 'Nightly export');
  await focusIsOn(page, 'Make the token');
  await page.keyboard.press('Enter');
  await confirm(page);
  assert.match(await page.getByLabel('Token', { exact: true }).inputValue(), /^tsr_/);
  await page.finish();
});

test('confirmation: who guesses too often waits, and the seconds go down; on a telephone too', async () => {
  const { page } = await openAsOne(ownPage);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.route('**/api/session/confirmation', (route) => route.fulfill({
    status: 429, contentType: 'application/problem+json', headers: { 'Retry-After': '3' },
    body: JSON.stringify({ status: 429, code: 'kernel.too_many_attempts', detail: 'To go on, wait a little.' }),
  }), { times: 1 });
  await fullName(page).fill('Renamed Five');
  await saveButton(page).click();
  await confirm(page, 'a guess');
  await dialogOf(page).getByRole('button', { name: 'Try again in 3 s' }).waitFor();
  await dialogOf(page).getByRole('alert').filter({ hasText: 'To go on, wait a little.' }).waitFor();
  const { x, width } = await dialogOf(page).boundingBox();
  assert.ok(x >= 0 && x + width <= 390);
  await dialogOf(page).getByRole('button', { name: 'Confirm', exact: true }).waitFor();
  await confirm(page);
  await page.getByText('User saved').waitFor();
  await page.finish();
});

test('confirmation: a session that ends meanwhile is begun again above it, and nothing is asked twice', async () => {
  const { page, person } = await openAsOne(ownPage);
  await page.route('**/api/session/confirmation', async (route) => {
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await route.continue();
  }, { times: 1 });
  await fullName(page).fill('Renamed Six');
  await saveButton(page).click();
  await confirm(page);
  const again = page.getByRole('dialog', { name: 'Sign in again' });
  await again.getByLabel('Password', { exact: true }).fill(password);
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('User saved').waitFor();
  await again.waitFor({ state: 'detached' });
  await isGone(page);
  assert.equal((await saved(person)).full_name, 'Renamed Six');
  await page.finish();
});
