import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focusedCell, openPage, rowsOf } from './world.mjs';

export function lists(world) {
  const parties = () => world.entity('directory.party');
  const orders = () => world.entity('purchasing.order');
  const total = async (path, query = '') => (await world.get(`/api/${path}?limit=1&${query}`)).total;
  const openGrid = async (path) => {
    const page = await openPage(world, path);
    await rowsOf(page).first().waitFor();
    return page;
  };

  test('list: only the rows in view exist', async () => {
    const page = await openPage(world, `/${parties().path}`);
    await rowsOf(page).first().locator('a').waitFor();
    assert.ok((await rowsOf(page).count()) < 80);
    assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String((await total(parties().path)) + 1));
    await page.finish();
  });

  test('list: Ctrl+End shows the last row, Ctrl+Home the first, arrows and pages move the cell', async () => {
    const page = await openGrid(`/${parties().path}`);
    const count = await total(parties().path);
    await page.locator('[data-cell="0:0"]').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focusedCell(page), '1:1');
    await page.keyboard.press('PageDown');
    assert.ok(Number((await focusedCell(page)).split(':')[0]) > Math.min(5, count - 2));
    await page.keyboard.press('Control+End');
    const last = page.locator(`[role=row][aria-rowindex="${count + 1}"] a`);
    await last.waitFor();
    assert.match(await focusedCell(page), new RegExp(`^${count - 1}:`));
    await page.keyboard.press('Control+Home');
    assert.equal(await focusedCell(page), '0:0');
    await page.finish();
  });

  test('list: a click on a header, or Enter on it, sorts; the address and the back button keep it', async () => {
    const page = await openGrid(`/${parties().path}`);
    const header = page.getByRole('columnheader').nth(1);
    await header.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/sort=/);
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await header.click();
    await page.waitForURL(/sort=-/);
    assert.equal(await header.getAttribute('aria-sort'), 'descending');
    await page.goBack();
    await page.waitForFunction(() => !location.search.includes('sort=-'));
    assert.equal(await header.getAttribute('aria-sort'), 'ascending');
    await page.finish();
  });

  test('list: a filter made in the dialog narrows the list and is a chip', async () => {
    const page = await openGrid(`/${parties().path}`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Column', { exact: true }).selectOption(parties().display);
    await page.getByLabel('Value').fill('a');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(new RegExp(`${parties().display}.contains=a`));
    const expected = await total(parties().path, `${parties().display}.contains=a`);
    await page.waitForFunction((count) => document.querySelector('[data-testid=total]')?.textContent.replaceAll(',', '') === String(count), expected);
    await page.getByRole('button', { name: /Remove the filter/ }).click();
    await page.waitForFunction(() => location.search === '');
    await page.finish();
  });

  test('list: search is in the address and a reload brings the same rows', async () => {
    const page = await openGrid(`/${parties().path}`);
    const word = (await world.get(`/api/${parties().path}?limit=1`)).rows[0][parties().display].split(' ')[0];
    await page.getByRole('searchbox').fill(word);
    await page.waitForURL(/search=/);
    const expected = await total(parties().path, `search=${encodeURIComponent(word)}`);
    const showsTotal = () => page.waitForFunction((count) => document.querySelector('[data-testid=total]')?.textContent.replaceAll(',', '') === String(count), expected);
    await showsTotal();
    await page.reload();
    await showsTotal();
    assert.equal(await page.getByRole('searchbox').inputValue(), word);
    await page.finish();
  });

  test('list: Enter opens the record and going back returns to its row', async () => {
    const page = await openGrid(`/${orders().path}`);
    await page.locator('[data-cell="0:0"]').focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${orders().path}/\\d+$`));
    await page.getByRole('tab', { name: 'History' }).waitFor();
    await page.goBack();
    await page.locator('.grid-row[data-current] [data-cell^="4:"]').first().waitFor({ state: 'attached' });
    await page.finish();
  });

  test('list: columns can be chosen', async () => {
    const page = await openGrid(`/${parties().path}`);
    const before = await page.getByRole('columnheader').count();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.locator('.column-list input:checked').nth(1).uncheck();
    await page.waitForURL(/columns=/);
    assert.equal(await page.getByRole('columnheader').count(), before - 1);
    await page.finish();
  });

  test('import: the server’s sentence says what is wrong, and nothing is imported', async () => {
    const page = await openGrid(`/${parties().path}`);
    const before = await total(parties().path);
    await page.getByRole('button', { name: 'Import' }).click();
    await page.locator('input[type=file]').setInputFiles({ name: 'parties.csv', mimeType: 'text/csv', buffer: Buffer.from('no_such_column\n1\n') });
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click();
    await page.getByRole('alert').filter({ hasText: 'Nothing was imported' }).waitFor();
    assert.equal(await total(parties().path), before);
    await page.finish();
  });

  test('export: the list as it is filtered', async () => {
    const page = await openGrid(`/${orders().path}?state=draft`);
    const href = await page.getByRole('link', { name: 'Export' }).getAttribute('href');
    assert.match(href, /export\.csv\?state=draft/);
    const response = await world.fetch(href);
    assert.match(response.headers.get('content-type'), /text\/csv/);
    await page.finish();
  });
}
