import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillRequired, openPage } from './world.mjs';

export function documents(world) {
  const orders = () => world.entity('purchasing.order');
  const total = async () => (await world.get(`/api/${orders().path}?limit=1`)).total;
  const first = () => orders().workflow.states[0];
  const simpleMove = () =>
    orders().workflow.transitions.find((move) => move.from.includes(first().name) && move.permitted && move.input.length === 0 && !/^(cancel|reject|void)/.test(move.name));
  const created = (page) => page.waitForURL(new RegExp(`${orders().path}/\\d+$`));

  test('form: what is missing is said at its field and nothing is sent', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    const before = await total();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const required = orders().fields.find((field) => field.required && !field.read_only && field.default === null && field.kind === 'reference');
    const input = page.locator(`[data-field="${required.name}"]`);
    assert.equal(await input.getAttribute('aria-invalid'), 'true');
    await page.getByText(new RegExp(`^Enter ${required.label}`, 'i')).waitFor();
    assert.equal(await total(), before);
    await page.finish();
  });

  test('form: a document with a line is saved once, shown with its state and moved by its button', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    const before = await total();
    await fillRequired(page, world, orders());
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await created(page);
    assert.equal(await total(), before + 1);
    await page.locator('.page-head .state', { hasText: first().label }).waitFor();
    const move = simpleMove();
    await page.getByRole('button', { name: move.label, exact: true }).click();
    const to = orders().workflow.states.find((state) => state.name === move.to);
    await page.locator('.page-head .state', { hasText: to.label }).waitFor();
    await page.locator('.history b', { hasText: move.label }).waitFor();
    await page.finish();
  });

  test('form: save and move is one step', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    await fillRequired(page, world, orders());
    const move = simpleMove();
    await page.getByRole('button', { name: new RegExp(`^Save and ${move.label}`, 'i') }).click();
    await created(page);
    const to = orders().workflow.states.find((state) => state.name === move.to);
    await page.locator('.page-head .state', { hasText: to.label }).waitFor();
    await page.finish();
  });

  test('form: an answer lost on the way is asked for again and makes no second document', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    const before = await total();
    await fillRequired(page, world, orders());
    await loseAnswers(page, orders(), 1);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await created(page);
    assert.equal(await total(), before + 1);
    await page.finish();
  });

  test('form: when no answer comes at all, a reload still knows the document and saves it once', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    const before = await total();
    await fillRequired(page, world, orders());
    await loseAnswers(page, orders(), 3);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'did not answer' }).waitFor({ timeout: 8000 });
    page.on('dialog', (dialog) => dialog.accept());
    await page.reload();
    await page.getByText('no answer came').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await created(page);
    assert.equal(await total(), before + 1);
    await page.finish();
  });

  test('form: leaving with unsaved entries asks first', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    await page.getByRole('button', { name: 'Add line' }).click();
    await page.locator('.page-crumb').click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await page.getByRole('button', { name: 'Stay' }).click();
    assert.match(page.url(), /\/new$/);
    await page.locator('.page-crumb').click();
    await page.getByRole('button', { name: 'Leave', exact: true }).click();
    await page.waitForURL(new RegExp(`${orders().path}$`));
    await page.finish();
  });

  test('form: a field that someone else changed meanwhile is a choice between mine and theirs', async () => {
    const party = world.entity('directory.party');
    const field = party.fields.find((candidate) => candidate.kind === 'text' && !candidate.read_only && candidate.name === party.display);
    const other = party.fields.find((candidate) => candidate.kind === 'text' && !candidate.read_only && !candidate.required && !candidate.multiline);
    const path = `/api/${party.path}/2`;
    const page = await openPage(world, `/${party.path}/2`);
    const { version } = await world.get(path);
    await page.locator(`[data-field="${field.name}"]`).fill('Mine Ltd');  // before theirs: a page on which nothing is typed would show it
    const theirs = await world.fetch(path, {
      method: 'PATCH', headers: { 'Content-Type': 'application/json', 'If-Match': `"${version}"` }, body: JSON.stringify({ [field.name]: 'Theirs Ltd', [other.name]: 'their own' }),
    });
    assert.equal(theirs.status, 200);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Theirs Ltd').waitFor();
    assert.equal(await dialog.locator('tbody tr').count(), 1);
    await dialog.getByRole('button', { name: 'Save this' }).click();
    await page.locator('.page-head h1', { hasText: 'Mine Ltd' }).waitFor();
    const saved = await world.get(path);
    assert.equal(saved[field.name], 'Mine Ltd');
    assert.equal(saved[other.name], 'their own');
    await page.finish();
  });

  test('form: a refusal of the server is shown as its sentence', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    await fillRequired(page, world, orders());
    await page.route(`**/api/${orders().path}`, (route) =>
      route.fulfill({
        status: 422, contentType: 'application/problem+json',
        body: JSON.stringify({ status: 422, code: 'test.refused', detail: 'To order this, choose another quantity.', field: 'lines[0].quantity' }),
      }));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: 'To order this, choose another quantity.' }).waitFor();
    const line = page.locator('.line-error');
    if (world.entity('purchasing.order_line')?.fields.some((field) => field.name === 'quantity')) await line.getByText('choose another quantity').waitFor();
    await page.finish();
  });

  test('lines: Enter adds a line, Ctrl+Delete removes it, all without the mouse', async () => {
    const page = await openPage(world, `/${orders().path}/new`);
    await page.getByRole('button', { name: 'Add line' }).focus();
    await page.keyboard.press('Enter');
    const rows = page.locator('.line-grid tbody tr');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.endsWith('line 1'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.endsWith('line 2'));
    assert.equal(await rows.count(), 2);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+Delete');
    await page.waitForFunction(() => document.querySelectorAll('.line-grid tbody tr').length === 1);
    await page.finish();
  });

  test('lines: what is typed at once after Tab is kept to the last digit', async () => {
    const line = world.entity(orders().fields.find((field) => field.kind === 'lines').entity);
    const decimal = line.fields.find((field) => ['quantity', 'price'].includes(field.kind) && !field.read_only && (field.required || field.in_list));
    const page = await openPage(world, `/${orders().path}/new`);
    await page.getByRole('button', { name: 'Add line' }).click();
    const cell = page.getByLabel(`${decimal.label}, line 1`, { exact: true });
    await cell.focus();
    await page.keyboard.type('1234.5');
    await page.keyboard.press('Tab');
    assert.match(await cell.inputValue(), /^1,234\.50?$/);
    await cell.focus();
    await page.keyboard.type('78');
    await page.keyboard.press('Tab');
    assert.match(await cell.inputValue(), /^78(\.00)?$/);
    await page.finish();
  });

  test('lines: a reference is found by typing and taken with Tab', async () => {
    const line = world.entity(orders().fields.find((field) => field.kind === 'lines').entity);
    const reference = line.fields.find((field) => field.kind === 'reference' && field.required && !field.read_only && field.entity !== orders().name);
    const target = world.entity(reference.entity);
    const { rows } = await world.get(`/api/${target.path}?limit=1`);
    const page = await openPage(world, `/${orders().path}/new`);
    await page.getByRole('button', { name: 'Add line' }).click();
    const cell = page.getByLabel(`${reference.label}, line 1`, { exact: true });
    await cell.focus();
    const word = String(rows[0][target.display]);
    const searched = page.waitForResponse((response) => new URL(response.url()).searchParams.get('search') === word);
    await page.keyboard.type(word);
    await searched;
    await page.locator('[role=option][data-combobox-selected]:visible').waitFor();
    await page.keyboard.press('Tab');
    assert.notEqual(await cell.inputValue(), '');
    await page.finish();
  });
}

/** The command reaches the server, its answer does not come back: the first `count` times. */
async function loseAnswers(page, entity, count) {
  let lost = 0;
  await page.route(`**/api/${entity.path}`, async (route) => {
    if (route.request().method() !== 'POST' || lost >= count) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
}
