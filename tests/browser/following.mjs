import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusedCell, openPage, rowsOf } from './world.mjs';

/** What somebody else saves shows on open pages by itself. */
export function following(world) {
  const orders = () => world.entity('purchasing.order');
  const parties = () => world.entity('directory.party');
  const textsOf = (entity) => entity.fields.filter((field) => field.kind === 'text' && !field.read_only && !field.required && !field.multiline).map((field) => field.name);

  const sent = async (method, path, body, version) => {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), 'If-Match': version ? `"${version}"` : '*' };
    const response = await world.fetch(path, { method, headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${response.ok ? '' : await response.text()}`);
    return response.json();
  };
  const copyOfFirst = async (entity, given) => {
    const { rows } = await world.get(`/api/${entity.path}?limit=1&sort=-id`);
    const row = await world.get(`/api/${entity.path}/${rows[0].id}`);
    const body = {};
    for (const field of entity.fields.filter((candidate) => candidate.required && !candidate.read_only && candidate.kind !== 'lines')) {
      const value = row[field.name];
      body[field.name] = field.kind === 'reference' ? value.id : value;
    }
    return sent('POST', `/api/${entity.path}`, { ...body, ...given });
  };
  const newParty = (name) => copyOfFirst(parties(), { ...(parties().fields.find((field) => field.name === 'number')?.read_only ? {} : { number: `F-${Date.now() % 10_000_000}` }), [parties().display]: name });
  const changedByOther = async (entity, id, values) => {
    const { version } = await world.get(`/api/${entity.path}/${id}`);
    return sent('PATCH', `/api/${entity.path}/${id}`, values, version);
  };
  const input = (page, name) => page.locator(`.field [data-field="${name}"]`);
  const shows = (page, name, value) => page.waitForFunction(([field, wanted]) => document.querySelector(`.field [data-field="${field}"]`)?.value === wanted, [name, value]);
  const sentence = (page) => page.getByRole('status').filter({ hasText: 'Changed by administrator just now' });

  test('following: an open document that somebody else changes is shown as it is now', async () => {
    const [text] = textsOf(orders());
    const { id } = await copyOfFirst(orders(), {});
    const page = await openPage(world, `/${orders().path}/${id}`);
    await changedByOther(orders(), id, { [text]: 'their words' });
    await shows(page, text, 'their words');
    assert.equal(await sentence(page).count(), 0);
    const move = orders().workflow.transitions.find((candidate) => candidate.name === 'cancel');
    await sent('POST', `/api/${orders().path}/${id}/${move.name}`, Object.fromEntries(move.input.map((field) => [field.name, 'no longer needed'])));
    await page.locator('.page-head .state', { hasText: orders().workflow.states.find((state) => state.name === move.to).label }).waitFor();
    await page.finish();
  });

  test('following: what is typed is kept when somebody else saves, one sentence says so, and Reload brings both together', async () => {
    const [mine] = textsOf(orders());
    const { id } = await copyOfFirst(orders(), {});
    const theirs = orders().fields.find((field) => field.kind === 'text' && field.multiline && !field.read_only)?.name ?? textsOf(orders())[1];
    const page = await openPage(world, `/${orders().path}/${id}`);
    await input(page, mine).fill('my words');
    await changedByOther(orders(), id, { [theirs]: 'their words' });
    await sentence(page).waitFor();
    assert.equal(await input(page, mine).inputValue(), 'my words');
    assert.equal(await input(page, theirs).inputValue(), '');
    await page.getByRole('button', { name: 'Reload' }).click();
    await shows(page, theirs, 'their words');
    assert.equal(await input(page, mine).inputValue(), 'my words');
    assert.equal(await sentence(page).count(), 0);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForFunction(async ([path, field]) => (await (await fetch(path)).json())[field] === 'my words', [`/api/${orders().path}/${id}`, mine]);
    assert.equal((await world.get(`/api/${orders().path}/${id}`))[theirs], 'their words');
    await page.finish();
  });

  test('following: where both have changed the same field, Reload asks and overwrites nothing unseen', async () => {
    const [text] = textsOf(orders());
    const { id } = await copyOfFirst(orders(), {});
    const page = await openPage(world, `/${orders().path}/${id}`);
    await input(page, text).fill('my words');
    await changedByOther(orders(), id, { [text]: 'their words' });
    await sentence(page).waitFor();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('dialog').getByText('their words').waitFor();
    assert.equal((await world.get(`/api/${orders().path}/${id}`))[text], 'their words');
    await page.finish();
  });

  test('following: a list shows what somebody else adds, and the current row stays the current row', async () => {
    const page = await openPage(world, `/${parties().path}?sort=-${parties().display}`);
    await rowsOf(page).first().waitFor();
    await page.locator('[data-cell="0:0"]').focus();
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
    const textOfFocused = () => page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent);
    const before = await textOfFocused();
    const scrolled = await page.evaluate(() => document.querySelector('[role=grid]').scrollTop);
    await newParty('ZZZ Newcomers');
    await rowsOf(page).first().filter({ hasText: 'ZZZ Newcomers' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-cell') === '4:0');
    assert.equal(await textOfFocused(), before);
    assert.equal(await page.evaluate(() => document.querySelector('[role=grid]').scrollTop), scrolled);
    assert.equal(await focusedCell(page), '4:0');
    await page.finish();
  });

  test('following: a page that has lost the server says so after a while, and catches up when it is back', async () => {
    const { id } = await newParty('Patient Ltd');
    const page = await openPage(world, `/${parties().path}/${id}`);
    await page.context().setOffline(true);
    const lost = page.getByRole('status').filter({ hasText: 'Not connected' });
    await lost.waitFor({ timeout: 15_000 });
    await changedByOther(parties(), id, { [parties().display]: 'Patient and Sons Ltd' });
    await page.context().setOffline(false);
    await page.locator('.page-head h1', { hasText: 'Patient and Sons Ltd' }).waitFor({ timeout: 40_000 });
    await lost.waitFor({ state: 'detached' });
    await page.finish();
  });
}
