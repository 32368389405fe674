import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** Who knows what, and what hangs on how few. */
export function experts(world) {
  const has = (name) => world.catalogue.reports.some((report) => report.name === name);
  const needs = { skip: has('knowledge.experts') && has('knowledge.at_risk') ? false : 'the company does not work out who knows what' };
  const make = (body) => world.post('/api/knowledge/topics', { active: true, ...body });

  test('knowledge at risk: the map says in words what hangs on how few, and leads to the people', needs, async () => {
    await make({ name: `Known to nobody ${Date.now() % 10_000_000}` });
    const { rows } = await world.get('/api/reports/knowledge.at_risk');
    const page = await openPage(world, '/reports/knowledge/at_risk');
    const map = page.getByRole('region', { name: 'Topics by how many people know them' });
    await map.getByRole('row').nth(1).waitFor();
    assert.equal(await map.getByRole('row').count(), rows.length + 1);
    assert.equal(await map.locator('.risk').count(), rows.length);
    assert.deepEqual(await violationsOf(page), []);
    const counts = page.getByRole('group', { name: 'Show only' }).getByRole('button');
    const shown = [];
    for (const count of await counts.all()) {
      await count.click();
      shown.push(await map.getByRole('row').count() - 1);
      await count.click();
    }
    assert.equal(shown.reduce((sum, one) => sum + one, 0), rows.length);
    await map.locator('.risk').first().click();
    await page.waitForURL(/knowledge\/experts\?topic=\d+/);
    await page.getByRole('button', { name: 'Ask an expert' }).waitFor();
    await page.finish();
  });

  test('experts: are found by topic, and a question to them begins with it', needs, async () => {
    const name = `<b>Topic</b> ${Date.now() % 10_000_000}`;
    const { id } = await make({ name });
    const page = await openPage(world, '/reports/knowledge/experts');
    await page.getByRole('button', { name }).click();
    await page.waitForURL(new RegExp(`topic=${id}`));
    await page.getByText('Nobody has done anything about it').waitFor();
    await page.goto(`${world.base}/reports/knowledge/experts?topic=${id}`);
    await page.locator('.expert-ask').waitFor();
    await page.settled();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'Ask an expert' }).click();
    await page.waitForURL(new RegExp(`knowledge/questions/new\\?topic=${id}$`));
    await page.finish();
  });

  test('experts: stand in the order of the report, with what they have done and whether they can be asked', { skip: world.isMock ? false : 'who knows what of a demo company is its own' }, async () => {
    const page = await openPage(world, '/reports/knowledge/experts?topic=4');
    const people = page.getByRole('list', { name: 'People' }).getByRole('listitem');
    await people.first().waitFor();
    assert.match(await people.first().innerText(), /Gail Erickson\s*away until 2026-12-05[\s\S]+cannot be asked now/);
    assert.deepEqual(await violationsOf(page), []);
    await page.getByLabel('Speaks').fill('de');
    await page.waitForFunction(() => document.querySelectorAll('.expert').length === 1);
    await page.waitForURL(/language=de/);
    await page.finish();
  });
}
