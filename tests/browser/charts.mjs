import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Charts with a page's room: drawn by a chunk that no other page has, read by keys, told by a table. */
export function charts(world) {
  const needs = { skip: world.catalogue.reports.some(({ name }) => name === 'sales.margin') ? false : 'the company sells nothing' };
  const declared = world.catalogue.pages.find(({ views }) => views?.some(({ kind }) => kind === 'chart'));
  const digits = (text) => Number(text.replaceAll(',', ''));
  const isCode = (url) => url.includes('/echarts_drawing-');
  const plotOf = (page) => page.locator('.large-chart-plot').first();
  const bars = (page) => plotOf(page).locator('svg path[fill="var(--series-1)"]');
  const openChart = async (path) => {
    const page = await openPage(world, path);
    await plotOf(page).locator('svg').waitFor();
    return page;
  };
  const openMargin = (query = '') => openChart(`/reports/sales/margin${query}`);
  const fits = (page) => page.evaluate(() => { const main = document.querySelector('main'); return main.scrollWidth <= main.clientWidth; });

  test('large chart: a bar for each line of its table, which says what the report says', needs, async () => {
    const { rows } = await world.get('/api/reports/sales.margin?by=customer');
    const page = await openMargin('?by=customer');
    const told = await page.locator('.margin-table tbody tr').evaluateAll((lines) => lines.map((line) => [line.querySelector('th').innerText, line.querySelector('td').innerText]));
    const shown = rows.sort((left, right) => Number(right.profit) - Number(left.profit)).slice(0, 40);
    assert.deepEqual(told.map(([name, profit]) => [name, digits(profit)]), shown.map(({ name, profit }) => [name, Number(profit)]));
    assert.equal(await bars(page).count(), shown.length);
    const names = await plotOf(page).locator('svg text').allTextContents();
    for (const { name } of shown) assert.ok(names.some((text) => text === name || (text.endsWith('...') && name.startsWith(text.slice(0, -3)))), `${name} stands beside its bar`);
    assert.equal(await plotOf(page).locator('.large-chart-drawing[role=img]').getAttribute('aria-label'), 'Profit by customer, drawn as bars');
    assert.equal(await page.locator(`[id="${await plotOf(page).getAttribute('aria-details')}"] table`).count(), 1);
    await page.finish();
  });

  test('large chart: arrow keys read a bar, Enter opens what it is made of', needs, async () => {
    const page = await openMargin();
    const second = page.locator('.margin-table tbody tr').nth(1);
    const [name, profit] = [await second.getByRole('rowheader').innerText(), await second.getByRole('cell').first().innerText()];
    await plotOf(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.locator('.large-chart [role=status]').getByText(`${name}: Profit ${profit}`, { exact: true }).waitFor();
    const reading = page.locator('.large-chart-reading');
    assert.deepEqual([await reading.locator('b').innerText(), await reading.locator('.number').innerText()], [name, profit]);
    const address = await second.getByRole('cell').first().getByRole('link').getAttribute('href');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname + url.search === address);
    await rowsOf(page).first().waitFor();
    await page.finish();
  });

  test('large chart: a click on a bar opens what it is made of', needs, async () => {
    const page = await openMargin();
    const address = await page.locator('.margin-table tbody tr').first().getByRole('cell').first().getByRole('link').getAttribute('href');
    const box = await bars(page).first().boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForURL((url) => url.pathname + url.search === address);
    await page.finish();
  });

  test('large chart: months are a line, and a narrow window has it whole', needs, async () => {
    const page = await openMargin('?by=month');
    const { rows } = await world.get('/api/reports/sales.margin?by=month');
    await plotOf(page).getByRole('img', { name: 'Profit by month, drawn as lines' }).waitFor();
    if (rows.length > 1 && rows.length <= 31) assert.equal(await bars(page).count(), rows.length);
    const wide = (await plotOf(page).locator('svg').boundingBox()).width;
    await page.setViewportSize({ width: 400, height: 800 });
    await page.waitForFunction((before) => document.querySelector('.large-chart-plot svg').getBoundingClientRect().width < before / 2, wide);
    assert.equal(await fits(page), true);
    await page.setViewportSize({ width: 1440, height: 860 });
    await page.finish();
  });

  test('large chart: a page of a module has one, with the figures as a table below it', { skip: declared ? false : 'no module declares one' }, async () => {
    const { report, chart, parameters } = declared.views.find(({ kind }) => kind === 'chart');
    const { rows } = await world.get(`/api/reports/${report}?${new URLSearchParams(parameters)}`);
    const page = await openChart(`/${declared.path}`);
    const table = page.locator('.large-chart-figures').first();
    await table.getByText('Figures as a table').click();
    const told = await table.locator('tbody tr').evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.innerText)));
    const shown = rows.filter(({ emphasis }) => !emphasis).slice(0, told.length);
    assert.deepEqual(told.map(([name, ...values]) => [name, ...values.map(digits)]), shown.map((row) => [String(row[chart.x]), ...chart.y.map((column) => Number(row[column]))]));
    assert.ok(await bars(page).count() > 0);
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });

  test('large chart: its code comes with it, and with no other page', needs, async () => {
    const paths = ['/', '/reports', '/reports/sales/margin?view=table', '/directory/parties'];
    const asked = [];
    const context = await world.browser.newContext({ viewport: { width: 1440, height: 860 }, colorScheme: 'light', reducedMotion: 'reduce' });
    context.on('request', (request) => asked.push(request.url()));
    world.idle.push(context);
    for (const path of paths) {
      const page = await openPage(world, path);
      assert.deepEqual(asked.filter(isCode), [], path);
      await page.finish();
    }
    const page = await openMargin();
    assert.equal(asked.filter(isCode).length, 1);
    await page.finish();
  });

  test('accessibility: large charts in light and dark', needs, async () => {
    for (const query of ['', '?by=month']) {
      const page = await openMargin(query);
      await plotOf(page).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      await page.locator('.large-chart-reading').waitFor();
      assert.deepEqual(await violationsOf(page), []);
      await page.finish();
    }
  });
}
