import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** The rule of a segment, put together condition by condition. */
export function segments(world) {
  const segment = world.entity('crm.segment');
  const needs = { skip: segment ? false : 'the company has no segments' };
  const rule = (page) => page.getByRole('group', { name: 'Conditions', exact: true });
  const cell = (page, what, line) => rule(page).getByLabel(`${what}, condition ${line}`, { exact: true });
  const openNew = () => openPage(world, `/${segment.path}/new`);

  test('segment: its rule is all of these or all of those, and each condition asks for what it compares with', needs, async () => {
    const page = await openNew();
    await page.locator('.field [data-field=name]').fill(`Gone quiet ${Date.now() % 1_000_000}`);
    await rule(page).getByText('Without a condition nobody belongs to it.').waitFor();
    await rule(page).getByRole('button', { name: 'Add a condition' }).click();
    await cell(page, 'Fact', 1).fill('customer');
    await cell(page, 'Value', 1).selectOption('yes');
    await rule(page).getByRole('status').filter({ hasText: /of [\d,]+ parties/ }).waitFor();
    await rule(page).getByRole('button', { name: 'Add a condition' }).click();
    await cell(page, 'Fact', 2).fill('last_contact');
    assert.equal(await cell(page, 'Value', 2).getAttribute('type'), 'date');
    await cell(page, 'Comparison', 2).selectOption({ label: 'is at least so many days ago' });
    await cell(page, 'Value', 2).fill('90');
    await rule(page).getByRole('button', { name: 'Add another way to belong to it' }).click();
    await cell(page, 'Fact', 3).fill('country');
    await cell(page, 'Comparison', 3).selectOption('one_of');
    await cell(page, 'Value', 3).fill('DE, AT');
    await rule(page).getByRole('button', { name: 'Add a condition' }).last().click();
    await rule(page).getByRole('button', { name: 'Remove condition 4' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(new RegExp(`${segment.path}/\\d+$`));
    const { conditions } = await world.get(`/api${new URL(page.url()).pathname}`);
    assert.deepEqual(conditions.map(({ alternative, fact, comparison, value }) => [Number(alternative), fact, comparison, value]), [
      [1, 'customer', 'is', 'yes'], [1, 'last_contact', 'days_ago_at_least', '90'], [2, 'country', 'one_of', 'DE, AT'],
    ]);
    await page.finish();
  });

  test('accessibility: segment in light and dark', needs, async () => {
    const page = await openNew();
    await rule(page).getByRole('button', { name: 'Add a condition' }).click();
    await cell(page, 'Fact', 1).fill('country');
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
