import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** What was earned, with figures that lead to what they are made of. */
export function margin(world) {
  const needs = { skip: world.catalogue.reports.some(({ name }) => name === 'sales.margin') ? false : 'the company sells nothing' };
  const answerOf = (query = '') => world.get(`/api/reports/sales.margin?${query}`);
  const bars = (page) => page.locator('.margin-table tbody tr');
  const digits = (text) => Number(text.replaceAll(',', ''));
  const openMargin = async (query = '') => {
    const page = await openPage(world, `/reports/sales/margin${query}`);
    await bars(page).first().waitFor();
    return page;
  };

  test('margin: what earned most comes first, and its figure leads to what it is made of', needs, async () => {
    const { rows } = await answerOf();
    const [most] = rows.sort((left, right) => Number(right.profit) - Number(left.profit));
    const page = await openMargin();
    assert.equal(await bars(page).count(), Math.min(rows.length, 40));
    assert.equal(await bars(page).first().getByRole('rowheader').innerText(), most.name);
    await bars(page).first().getByRole('cell').first().getByRole('link').click();
    await page.waitForURL((url) => url.pathname === '/reports/sales/margin_entries' && url.searchParams.get('product') === String(most.id));
    await rowsOf(page).first().waitFor();
    await page.finish();
  });

  test('margin: what was known at a moment stands beside what is known now, and what was not is nothing', needs, async () => {
    const { rows } = await answerOf('by=month');
    const page = await openMargin('?by=month&known_at=2000-01-01T00:00:00Z');
    for (const heading of ['Profit', 'As known then', 'Restated by']) await page.getByRole('columnheader', { name: heading, exact: true }).waitFor();
    assert.deepEqual(await page.locator('.margin-table tbody th').allInnerTexts(), rows.map(({ name }) => name).sort());
    const cells = await bars(page).first().getByRole('cell').allInnerTexts();
    assert.equal(cells[1], 'nothing');
    assert.equal(digits(cells[2]), digits(cells[0]));
    await page.finish();
  });

  test('margin: its table is the report itself, under the same parameters', needs, async () => {
    const page = await openMargin('?by=customer');
    const { rows } = await answerOf('by=customer');
    await page.getByRole('link', { name: 'Table', exact: true }).click();
    await page.waitForURL(/by=customer&view=table/);
    await rowsOf(page).first().waitFor();
    assert.equal(Number(await page.getByRole('grid').getAttribute('aria-rowcount')), rows.length + 2);
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('link', { name: 'Chart', exact: true }).click();
    await page.waitForURL(/\?by=customer$/);
    await bars(page).first().waitFor();
    await page.finish();
  });

  test('accessibility: margin in light and dark', needs, async () => {
    const page = await openMargin('?known_at=2000-01-01T00:00:00Z');
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
