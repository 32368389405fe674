import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, requiredTexts, violationsOf } from './world.mjs';

/** Two parties are compared before they become one. */
export function merging(world) {
  const needs = { skip: world.entity('crm.merge') ? false : 'needs crm.merge' };
  const parties = world.entity('directory.party');
  const make = (more = {}) => world.post(`/api/${parties.path}`, { ...requiredTexts(world, 'directory.party'), ...more });
  /** A field of a party that refers to something else, with two that it may refer to. */
  const referring = async () => {
    for (const field of parties.fields.filter(({ kind, read_only, entity }) => kind === 'reference' && !read_only && entity !== 'directory.party' && world.entity(entity))) {
      const { path, display } = world.entity(field.entity);
      const { rows } = await world.get(`/api/${path}?limit=2&fields=${display}`);
      if (rows.length === 2) return { field, rows: rows.map((row) => ({ id: row.id, name: row[display]?.label ?? String(row[display]) })) };
    }
    return null;
  };

  test('merge: what both refer to is told by its name, and whose value is taken is chosen', needs, async (t) => {
    const found = await referring();
    if (!found) return t.skip('parties refer to nothing that there are two of');
    const { field, rows } = found;
    const [survivor, duplicate] = [await make({ [field.name]: rows[0].id }), await make({ [field.name]: rows[1].id })];
    const { id } = await world.post('/api/crm/merges', { survivor: survivor.id, duplicate: duplicate.id });
    const page = await openPage(world, `/crm/merges/${id}`);
    const line = page.locator('.merge-comparison tbody tr', { has: page.getByRole('rowheader', { name: field.label, exact: true }) });
    await line.getByText(rows[0].name, { exact: true }).waitFor();
    await line.getByText(rows[1].name, { exact: true }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await line.getByRole('radio', { name: rows[1].name }).click();
    await page.waitForFunction((name) => document.querySelector('.merge-comparison td[data-taken]') && [...document.querySelectorAll('.merge-comparison td[data-taken]')].some((cell) => cell.textContent === name), rows[1].name);
    assert.deepEqual((await world.get(`/api/crm/merges/${id}`)).choices.map((one) => [one.field, one.take]), [[field.name, 'dropped']]);
    await page.finish();
  });
}
