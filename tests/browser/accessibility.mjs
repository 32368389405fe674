import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Every kind of page and everything that opens on top of one, in light and in dark. */
export function accessibility(world) {
  const orders = () => world.entity('purchasing.order');
  const someOrder = async () => (await world.get(`/api/${orders().path}?limit=1&sort=-number`)).rows[0].id;
  const someDraft = async () => (await world.get(`/api/${orders().path}?limit=1&${orders().workflow.field}=${orders().workflow.states[0].name}`)).rows[0].id;
  const report = () => world.catalogue.reports.find((candidate) => candidate.name === 'financials.trial_balance');

  const editedByTwo = async (page) => {
    const { path, display } = world.entity('directory.party');
    await page.locator(`[data-field="${display}"]`).fill('Mine Ltd');
    const { version } = await world.get(`/api/${path}/4`);
    const body = JSON.stringify({ [display]: `Theirs ${version} Ltd` });
    await world.fetch(`/api/${path}/4`, { method: 'PATCH', headers: { 'Content-Type': 'application/json', 'If-Match': `"${version}"` }, body });
    await page.getByRole('button', { name: 'Reload' }).waitFor();
  };

  const pages = [
    ['start page', () => '/'],
    ['list', () => `/${orders().path}`],
    ['list with a filter being made', () => `/${orders().path}`, (page) => page.getByRole('button', { name: 'Filter', exact: true }).click()],
    ['list with the column chooser', () => `/${orders().path}`, (page) => page.getByRole('button', { name: 'Columns' }).click()],
    ['empty list', () => `/${orders().path}?search=nothing-is-called-this`],
    ['import', () => `/${world.entity('directory.party').path}`, (page) => page.getByRole('button', { name: 'Import' }).click()],
    ['master data record', () => `/${world.entity('directory.party').path}/1`],
    ['new document', () => `/${orders().path}/new`],
    ['new document refused', () => `/${orders().path}/new`, addLineAndSave],
    ['record that somebody else has just changed', () => `/${world.entity('directory.party').path}/4`, editedByTwo],
    ['document with its match', async () => `/${orders().path}/${await someOrder()}`],
    ['record with files', () => withFile(world), (page) => page.getByRole('link', { name: 'terms.txt', exact: true }).waitFor()],
    ['file that was refused', () => withFile(world), refuseFile],
    ['file being held over the page', () => withFile(world), holdFile],
    ['file being removed', () => withFile(world), (page) => page.getByRole('button', { name: 'Remove terms.txt' }).click()],
    ['reports', () => '/reports'],
    ['report', () => `/reports/${report().name.replace('.', '/')}`],
    ['holds', () => '/purchasing/holds'],
    ['quick open', () => '/', (page) => page.keyboard.press('Control+k').then(() => page.getByRole('textbox', { name: 'Quick open' }).waitFor())],
    ['missing page', () => '/no/such/page'],
    ['signing in', () => '/', null, { cookie: null }],
    ['signing in refused', () => '/', signInWrongly, { cookie: null }],
    ['a link that leads nowhere', () => '/welcome#no-such-link', (page) => page.getByRole('heading', { name: 'This link leads nowhere' }).waitFor(), { cookie: null }],
    ['signing in again', () => `/${orders().path}`, loseSession],
    ['password that is asked for again', () => '/access/users/1', confirmWrongly],
    ['who is here', () => '/', (page) => page.locator('.user-button').click()],
    ['account', () => '/account', (page) => page.getByText('This one').waitFor()],
    ['second factor being set up', () => '/account', (page) => page.getByRole('button', { name: 'Set it up' }).click().then(() => page.getByLabel('Six digits it shows').waitFor())],
    ['token being made', () => '/account', (page) => page.getByRole('button', { name: 'New token' }).click()],
    ['user with rights', () => '/access/users/1', (page) => page.locator('.rights').waitFor()],
    ['role', () => '/access/roles/1', (page) => page.getByRole('checkbox', { name: 'Everything', exact: true }).waitFor()],
    ['system', () => '/system', (page) => page.getByText('Takes changes').waitFor()],
    ['jobs', () => '/jobs', (page) => page.locator('.work-item').first().waitFor()],
    ['job', () => '/jobs/jobs/1'],
    ['document being cancelled', async () => `/${orders().path}/${await someDraft()}`, cancel],
    ['e-mails', () => '/mail/messages'],
    ['audit trail', () => '/audit', (page) => page.getByRole('heading', { name: 'Audit trail' }).waitFor()],
  ];

  for (const [name, path, open, how] of pages) {
    test(`accessibility: ${name} in light and dark`, async () => {
      const page = await openPage(world, await path(), how);
      await page.locator('.page h1, .entrance h1').first().waitFor();
      if (name === 'list') await rowsOf(page).first().waitFor();
      if (open) await open(page);
      assert.deepEqual(await violationsOf(page), []);
      await page.finish();
    });
  }
}

async function cancel(page) {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: /^Cancel/ }).click();
  await page.getByRole('dialog').waitFor();
}

async function withFile(world) {
  const { path } = world.entity('directory.party');
  const headers = { 'Content-Type': 'text/plain', 'Idempotency-Key': crypto.randomUUID() };
  await world.fetch(`/api/${path}/15/attachments?name=terms.txt`, { method: 'POST', headers, body: 'net 30' });
  return `/${path}/15`;
}

async function refuseFile(page) {
  await page.locator('.attachments input[type=file]').setInputFiles([{ name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }]);
  await page.getByRole('alert').filter({ hasText: 'it is empty' }).waitFor();
}

async function holdFile(page) {
  await page.locator('.attachments').waitFor();
  const transfer = await page.evaluateHandle(() => {
    const held = new DataTransfer();
    held.items.add(new File(['x'], 'x.txt'));
    return held;
  });
  await page.dispatchEvent('.page-head', 'dragover', { dataTransfer: transfer });
  await page.getByText('Drop to attach').waitFor();
}

async function addLineAndSave(page) {
  await page.getByRole('button', { name: 'Add line' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}

async function signInWrongly(page) {
  await page.getByLabel('Name', { exact: true }).fill('nobody');
  await page.getByLabel('Password', { exact: true }).fill('nothing that is known');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.locator('[aria-invalid=true]').waitFor();
}

async function loseSession(page) {
  const refused = { status: 401, contentType: 'application/problem+json', body: JSON.stringify({ status: 401, code: 'kernel.not_signed_in', detail: 'To use this, sign in.' }) };
  await page.route('**/api/**', (route) => route.fulfill(refused));
  // A page that has lost the server looks whether its session still holds.
  await page.evaluate(() => window.dispatchEvent(new Event('offline')));
  await page.getByRole('dialog', { name: 'Sign in again' }).waitFor();
}

async function confirmWrongly(page) {
  const refusing = (status, code, detail) => (route) => {
    if (route.request().method() === 'GET') return route.continue();
    return route.fulfill({ status, contentType: 'application/problem+json', body: JSON.stringify({ status, code, detail }) });
  };
  await page.route('**/api/access/**', refusing(403, 'kernel.confirmation_wanted', 'To change users, confirm with your password that it is you.'));
  await page.route('**/api/session/confirmation', refusing(401, 'kernel.wrong_credentials', 'To change this, type your current password: that was another.'));
  await page.locator('.field [data-field=full_name]').fill('Somebody else');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await dialog.getByLabel('Password', { exact: true }).fill('nothing that is known');
  await page.keyboard.press('Enter');
  await dialog.locator('[aria-invalid=true]').waitFor();
}
