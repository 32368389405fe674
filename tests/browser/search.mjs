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
    await page.waitForURL(/kind=directory\.party/);
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
