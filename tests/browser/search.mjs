import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** Records found by their words: in the quick open as one types, and on a page of their own. */
export function search(world) {
  const parties = world.entity('directory.party');
  const required = () => Object.fromEntries(parties.fields.filter((field) => field.required && !field.read_only && field.kind === 'text').map((field) => [field.name, `S-${Date.now() % 10_000_000}`]));
  const party = (name) => world.post(`/api/${parties.path}`, { ...required(), name });
  const found = async (words) => {
    for (let tries = 0; tries < 100; tries += 1) {
      const { hits } = await world.get(`/api/search?${new URLSearchParams({ q: words, unfinished: 'true' })}`);
      if (hits.length > 0) return hits;
      await new Promise((resume) => { setTimeout(resume, 100); });
    }
    throw new Error(`Nothing has the words ${words}.`);
  };
  const openQuick = async (page) => {
    await page.keyboard.press('Control+k');
    return page.getByRole('textbox', { name: 'Quick open' });
  };
  let needs = {};

  test('search: the server looks for words', async () => {
    const answer = await world.fetch('/api/search?q=anything');
    needs = { skip: answer.ok ? false : 'the server does not search' };
  });

  test('search: records come up as one types, and Enter opens the first', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    const { id } = await party('Quixotic Velodrome Supplies');
    await found('quixotic velodrome');
    const page = await openPage(world, '/');
    await (await openQuick(page)).pressSequentially('quixotic velod');
    const first = page.locator('[data-found]').first();
    await first.waitFor();
    assert.match(await first.innerText(), /Quixotic Velodrome Supplies/);
    assert.deepEqual(await violationsOf(page), []);
    await page.locator('[data-found][data-selected]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/${parties.path}/${id}$`));
    await page.finish();
  });

  test('search: a later letter gives up the request before it', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    const page = await openPage(world, '/');
    const ended = [];
    await page.route('**/api/search?*', async (route) => {
      if (route.request().url().includes('q=quix&')) await new Promise((resume) => { setTimeout(resume, 1_500); });
      await route.continue().catch(() => undefined);
    });
    page.on('requestfailed', (request) => ended.push(request.url()));
    const input = await openQuick(page);
    const asked = page.waitForRequest(/api\/search\?q=quix&/);
    await input.fill('quix');
    await asked;
    await input.fill('quixotic');
    await page.locator('[data-found]').first().waitFor();
    assert.ok(ended.some((url) => url.includes('q=quix&')));
    await page.finish();
  });

  test('search: all results stand on a page of their own, narrowed by kind, walked with the arrows', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    await party('Quixotic Velodrome Annexe');
    await found('quixotic annexe');
    const page = await openPage(world, '/');
    await (await openQuick(page)).fill('quixotic');
    await page.getByRole('button', { name: /Show all results for/ }).click();
    await page.waitForURL(/\/search\?q=quixotic$/);
    const results = page.getByRole('list', { name: 'Results' });
    await results.getByRole('link').first().waitFor();
    assert.ok((await results.locator('mark').count()) + (await results.getByText('Quixotic').count()) > 0);
    const kinds = page.getByRole('navigation', { name: 'Kinds of records' });
    await kinds.getByRole('link', { name: new RegExp(`^${parties.plural}`) }).click();
    await page.waitForURL(/entities=directory\.party/);
    await page.getByRole('searchbox', { name: 'Search for' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.match(await page.evaluate(() => document.activeElement.textContent), /Quixotic/);
    assert.deepEqual(await violationsOf(page), []);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/${parties.path}/\\d+$`));
    await page.finish();
  });

  test('search: one kind is narrowed by the filters of its list, which stand in the address', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    await party('Quixotic Saddlery');
    await party('Quixotic Annexe Saddles');
    await found('quixotic saddlery');
    await found('quixotic annexe saddles');
    const page = await openPage(world, '/search?q=quixotic');
    const results = page.getByRole('list', { name: 'Results' });
    await results.getByRole('link').first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Filter', exact: true }).count(), 0);
    await page.goto(`${world.base}/search?q=quixotic&entities=directory.party`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const editor = page.getByRole('dialog', { name: 'Filter' });
    await editor.getByLabel('Column').selectOption('name');
    await editor.getByLabel('Value').fill('annexe');
    assert.deepEqual(await violationsOf(page), []);
    await editor.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/entities=directory\.party&name\.contains=annexe$/);
    await page.waitForFunction(() => document.querySelectorAll('.search-hits li').length > 0 && [...document.querySelectorAll('.search-hits b')].every((title) => /annexe/i.test(title.textContent)));
    await page.reload();
    await results.getByRole('link').first().waitFor();
    await page.locator('.filter-chip').getByText('annexe').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'Remove the filter on Name' }).click();
    await page.waitForURL(/entities=directory\.party$/);
    await results.locator('b').getByText('Quixotic Saddlery').waitFor();
    await page.goto(`${world.base}/search?q=quixotic&entities=directory.party&name.contains=nobody-has-this`);
    await page.getByText('with these words fits').waitFor();
    await page.getByRole('link', { name: 'Look at all of them' }).click();
    await results.locator('b').getByText('Quixotic Saddlery').waitFor();
    await page.finish();
  });

  test('search: which hit was opened is told, from the page and from the quick open, in a new tab too', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    const { id } = await party('Quixotic Choice');
    await found('quixotic choice');
    const page = await openPage(world, '/search?q=quixotic+choice');
    const told = async (open) => {
      const [request] = await Promise.all([page.waitForRequest((one) => one.url().endsWith('/api/search/choices')), open()]);
      return request.postDataJSON();
    };
    const expected = (q, unfinished = false) => ({ q, unfinished, entity: 'directory.party', id });
    const hit = page.getByRole('list', { name: 'Results' }).getByRole('link', { name: /Quixotic Choice/ });
    assert.deepEqual(await told(() => hit.click({ button: 'middle' })), expected('quixotic choice'));
    assert.deepEqual(await told(() => hit.click()), expected('quixotic choice'));
    await page.waitForURL(new RegExp(`/${parties.path}/${id}$`));
    await (await openQuick(page)).fill('quixotic cho');
    await page.locator('[data-found][data-selected]').filter({ hasText: 'Quixotic Choice' }).waitFor();
    assert.deepEqual(await told(() => page.keyboard.press('Enter')), expected('quixotic cho', true));
    await page.finish();
  });

  test('search: what nobody wrote is said to be noted, and an expert can be asked', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    const words = `zzyxomatic${Date.now() % 100_000}`;
    for (let isKnown = false; !isKnown;) isKnown = (await world.get(`/api/search?q=${words}&unfinished=true`)).caught_up;
    const page = await openPage(world, `/search?q=${words}`);
    await page.getByText('The search was noted').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    if (world.entity('search.miss')) assert.equal((await world.get(`/api/search/misses?text=${words}`)).rows.length, 1);
    if (world.entity('knowledge.question')?.creatable) {
      await page.getByRole('link', { name: 'Ask an expert' }).click();
      await page.waitForURL(/knowledge\/questions\/new\?text=zzyx/);
      assert.equal(await page.locator('[data-field=text]').inputValue(), words);
    }
    await page.finish();
  });

  test('search: a name that is written as a script stays text', async (t) => {
    if (needs.skip) return t.skip(needs.skip);
    await party('Wobbly <img src=x onerror="document.title=1"> Spokes');
    await found('wobbly spokes');
    const page = await openPage(world, '/search?q=wobbly');
    await page.getByRole('list', { name: 'Results' }).locator('b').getByText('<img src=x').waitFor();
    assert.equal(await page.locator('.search-hits img').count(), 0);
    await (await openQuick(page)).fill('wobbly');
    await page.locator('[data-found]').first().waitFor();
    assert.equal(await page.locator('[data-found] img').count(), 0);
    assert.match(await page.title(), /Tessera/);
    await page.finish();
  });
}
