import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf } from './world.mjs';

export function figures(world) {
  test('report: a figure leads to the entries behind it, with its parameters filled in', async () => {
    const page = await openPage(world, '/reports/financials/trial_balance');
    await rowsOf(page).first().waitFor();
    const link = rowsOf(page).locator('a').first();
    await link.click();
    await page.waitForURL(/reports\/financials\/general_ledger\?/);
    await rowsOf(page).first().waitFor();
    await page.goBack();
    await page.waitForURL(/trial_balance/);
    await rowsOf(page).first().waitFor();
    await page.finish();
  });

  test('report: its parameters are in the address and in the exports', async () => {
    const report = world.catalogue.reports.find((candidate) => candidate.name === 'financials.trial_balance');
    const day = report.parameters.find((parameter) => parameter.kind === 'date');
    const page = await openPage(world, '/reports/financials/trial_balance');
    await rowsOf(page).first().waitFor();
    await page.locator(`[data-field="${day.name}"]`).fill('2026-06-30');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.waitForURL(new RegExp(`${day.name}=2026-06-30`));
    for (const [label, format] of [['CSV', 'csv'], ['Excel', 'xlsx'], ['PDF', 'pdf']]) {
      const href = await page.getByRole('link', { name: label }).getAttribute('href');
      assert.match(href, new RegExp(`${day.name}=2026-06-30.*format=${format}`));
      assert.equal((await world.fetch(href)).status, 200);
    }
    await page.finish();
  });

  test('report: what the server refuses is said', async () => {
    const page = await openPage(world, '/reports/financials/general_ledger');
    const ledger = world.catalogue.reports.find((candidate) => candidate.name === 'financials.general_ledger');
    if (ledger.parameters.some((parameter) => parameter.required && !parameter.default)) await page.getByText(/^Enter .* to see the report/).waitFor();
    await page.finish();
  });

  test('holds: what is at stake is on the board, by reason, with what clears it', async () => {
    const page = await openPage(world, '/purchasing/holds');
    const { rows } = await world.get('/api/reports/purchasing.holds');
    if (rows.length > 0) await page.locator('.hold').first().waitFor();
    assert.equal(await page.locator('.hold').count(), rows.length);
    assert.equal(await page.locator('.holds-column').count(), new Set(rows.map((row) => row.reason)).size);
    if (rows.length > 0) assert.ok((await page.locator('.hold').first().innerText()).length > 20);
    await page.finish();
  });

  test('holds: released with a reason, a hold leaves the board', async (context) => {
    const hold = world.entity('purchasing.match_hold');
    const release = hold?.workflow?.transitions.find((move) => move.name === 'release');
    const page = await openPage(world, '/purchasing/holds');
    const { rows } = await world.get('/api/reports/purchasing.holds');
    if (rows.length > 0) await page.locator('.hold').first().waitFor();
    const before = await page.locator('.hold').count();
    if (!release?.permitted || before === 0) return context.skip('nothing to release');
    await page.getByRole('button', { name: /^Release/ }).first().click();
    for (const field of release.input.filter((input) => input.required)) await page.getByRole('dialog').locator(`[data-field="${field.name}"]`).fill('Agreed with the supplier');
    await page.getByRole('dialog').getByRole('button', { name: release.label }).click();
    await page.waitForFunction((count) => document.querySelectorAll('.hold').length === count, before - 1);
    return page.finish();
  });

  test('match: ordered, received and invoiced stand side by side for each line', async () => {
    const orders = world.entity('purchasing.order');
    const { rows } = await world.get(`/api/${orders.path}?limit=40&sort=-number`);
    let order = null;
    for (const row of rows) {
      const match = await world.get(`/api/${orders.path}/${row.id}/match`);
      if (match.lines.length > 0) { order = { id: row.id, match }; break; }
    }
    const page = await openPage(world, `/${orders.path}/${order.id}`);
    await page.locator('.match tbody').first().waitFor();
    assert.equal(await page.locator('.match tbody').count(), order.match.lines.length);
    for (const heading of ['Ordered', 'Received', 'Invoiced']) assert.ok((await page.locator('.match th', { hasText: heading }).count()) >= 1);
    await page.finish();
  });

  test('start page: open documents are counted by state, each kind by one request, and lead to their list', async () => {
    const page = await openPage(world, '/');
    const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ search }) => /count_by=|limit=1(&|$)/.test(search)).map(({ pathname, search }) => pathname + search));
    const documents = world.catalogue.entities.filter((entity) => entity.menu === 'documents' && entity.workflow);
    assert.deepEqual([...new Set(asked)].sort(), documents.map(({ path, workflow }) => `/api/${path}?count_by=${workflow.field}`).sort());
    const link = page.locator('.work-states a').first();
    await link.waitFor();
    const count = Number((await link.locator('b').innerText()).replaceAll(',', ''));
    await link.click();
    await page.getByTestId('total').waitFor();
    await page.waitForFunction((expected) => document.querySelector('[data-testid=total]').textContent.replaceAll(',', '') === String(expected), count);
    await page.finish();
  });

  test('quick open: Ctrl+K, a name and Enter lead to a list', async () => {
    const page = await openPage(world, '/');
    await page.keyboard.press('Control+k');
    const input = page.getByRole('textbox', { name: 'Quick open' });
    await input.fill(world.entity('purchasing.order').plural);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${world.entity('purchasing.order').path}$`));
    await page.finish();
  });

  test('colours: the scheme is chosen in the header and kept', async () => {
    const page = await openPage(world, '/');
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    await page.reload();
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme')), 'dark');
    await page.finish();
  });
}
