import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, violationsOf } from './world.mjs';

/** What waits to be looked after, what stands beside records, and guides that are written and walked. */
export function guides(world) {
  const assets = world.entity('knowledge.asset');
  const report = (name) => world.catalogue.reports.find((one) => one.name === name);
  const needs = (...names) => ({ skip: names.every((name) => world.entity(name) ?? report(name)) ? false : `needs ${names.join(' and ')}` });
  const write = (body) => world.post(`/api/${assets.path}`, { kind: 'article', ...body });
  const someProduct = async () => (await world.get('/api/catalog/products?limit=1')).rows[0].id;
  const named = (what) => `${what} ${Date.now() % 10_000_000}`;

  test('looking after: a draft of mine is submitted where it stands, and waits then to be checked', needs('knowledge.asset'), async () => {
    const title = named('Check the chain');
    const owner = (await world.get('/api/directory/employees?limit=1')).rows[0].id;
    await write({ title, body: 'Measure it.\n', owner });
    const page = await openPage(world, '/knowledge/review');
    await page.getByRole('table', { name: 'Drafts of mine' }).getByRole('link', { name: title }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: `Submit: ${title}` }).click();
    await page.getByRole('table', { name: 'In review' }).getByRole('link', { name: title }).waitFor();
    await page.getByRole('button', { name: `Send back: ${title}` }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('Say how');
    await page.getByRole('dialog').getByRole('button', { name: 'Send back' }).click();
    await page.getByRole('table', { name: 'Drafts of mine' }).getByRole('link', { name: title }).waitFor();
    await page.finish();
  });

  test('looking after: what was looked for and not found is written with one step', needs('knowledge.asset', 'search.miss'), async () => {
    const words = `<qqtag onqqload=qqrun>qqunheard${Date.now() % 100_000}`;
    for (let isKnown = false; !isKnown;) isKnown = (await world.get(`/api/search?${new URLSearchParams({ q: words })}`)).caught_up;
    const page = await openPage(world, '/knowledge/review');
    await page.getByRole('link', { name: `Write it: ${words}` }).waitFor();
    assert.equal(await page.locator('main qqtag').count(), 0);
    await page.getByRole('link', { name: `Write it: ${words}` }).click();
    await page.waitForURL(/knowledge\/assets\/new/);
    assert.equal(await page.locator('[data-field=title]').inputValue(), words);
    await page.finish();
  });

  test('beside a record: what is known about it, and a lesson kept with one key', needs('knowledge.assets_about', 'knowledge.asset'), async () => {
    const product = await someProduct();
    const title = named('Known of the product');
    await write({ title, body: 'It is known.', links: [{ entity: 'catalog.product', record: product, relation: 'about' }] });
    const page = await openPage(world, `/catalog/products/${product}`);
    const beside = page.getByRole('complementary', { name: 'Knowledge' });
    await beside.getByRole('link', { name: title }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('heading', { level: 1 }).click();
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Capture a lesson' });
    const lesson = named('<img src=x onerror=alert(1)> Pack it upright');
    await dialog.getByLabel('What did we learn?').fill(lesson);
    assert.deepEqual(await violationsOf(page), []);
    await page.keyboard.press('Enter');
    await beside.getByRole('link', { name: lesson }).waitFor();
    assert.equal(await page.locator('main img[src=x]').count(), 0);
    const { rows } = await world.get(`/api/${assets.path}?${new URLSearchParams({ title: lesson, fields: 'kind,state' })}`);
    assert.deepEqual(rows.map(({ kind, state }) => [kind, state]), [['lesson', 'draft']]);
    await page.finish();
  });

  test('beside a record: the key for a lesson is a letter where somebody types', needs('knowledge.assets_about', 'knowledge.asset'), async () => {
    const page = await openPage(world, `/catalog/products/${await someProduct()}`);
    await page.getByRole('complementary', { name: 'Knowledge' }).waitFor();
    await page.locator('[data-field=name]').press('End');
    await page.keyboard.type('l');
    assert.equal(await page.getByRole('dialog').count(), 0);
    assert.match(await page.locator('[data-field=name]').inputValue(), /l$/);
    page.on('dialog', (dialog) => dialog.accept());
    await page.finish();
  });

  test('beside a record: a lesson of the like is gone through, and that is kept', { skip: world.isMock ? false : 'which records are alike is for the company to say' }, async () => {
    const page = await openPage(world, '/purchasing/orders/7');
    const beside = page.getByRole('complementary', { name: 'Knowledge' });
    await beside.getByRole('button', { name: 'I have gone through Wheels need the spacer between the fork ends' }).click();
    await beside.getByText('gone through by administrator').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });

  const makeGuide = async () => {
    const name = named('Noise');
    const guide = (await world.post('/api/knowledge/guides', { name, active: true })).id;
    return { name, guide };
  };
  const twoEnds = {
    steps: [{ code: 'one', kind: 'question', text: 'Is it loud?' }, { code: 'oil', kind: 'remedy', text: 'Oil the <b>chain</b>.' }, { code: 'hear', kind: 'question', text: 'Does it click?' }, { code: 'turn', kind: 'remedy', text: 'Turn the screw.' }],
    answers: [{ step: 'one', text: 'Yes', next_step: 'oil' }, { step: 'one', text: 'No', next_step: 'hear' }, { step: 'hear', text: 'It does', next_step: 'turn' }],
  };

  test('guide: what is missing is said beside its step, and goes when it is mended', needs('knowledge.guide_version'), async () => {
    const { guide } = await makeGuide();
    const page = await openPage(world, `/knowledge/guide_versions/new?guide=${guide}`);
    await page.getByRole('button', { name: 'Begin with a question' }).click();
    await page.getByText('Write what is asked.').waitFor();
    await page.getByRole('textbox', { name: /^Text of/ }).fill('Is it <img src=x onerror=alert(1)>?');
    await page.getByText('Give the question its answers').waitFor();
    await page.getByRole('button', { name: /^Add an answer/ }).click();
    await page.getByRole('textbox', { name: 'Answer 1' }).fill('Yes');
    await page.getByText('Say where “Yes” leads.').waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'New step for Yes' }).click();
    await page.getByText('Write what is to be done.').waitFor();
    await page.getByRole('textbox', { name: /^Text of/ }).nth(1).fill('Nothing.');
    await page.getByText('Every way ends in something').waitFor();
    assert.equal(await page.locator('main img[src=x]').count(), 0);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(/knowledge\/guide_versions\/\d+$/);
    const saved = await world.get(`/api${new URL(page.url()).pathname}`);
    assert.deepEqual([saved.steps.length, saved.answers.map(({ text, next_step }) => [text, next_step])], [2, [['Yes', saved.steps[1].code]]]);
    await page.finish();
  });

  test('guide: is walked from a record by digits, goes back, and keeps what was answered', needs('knowledge.walk', 'knowledge.assets_about'), async () => {
    const { name, guide } = await makeGuide();
    const version = await world.post('/api/knowledge/guide_versions', { guide, ...twoEnds });
    await world.run(`/api/knowledge/guide_versions/${version.id}/publish`, { valid_from: world.catalogue.today });
    const product = await someProduct();
    const page = await openPage(world, `/catalog/products/${product}`);
    await page.getByRole('button', { name: 'Walk a guide' }).click();
    await page.getByRole('menuitem', { name }).click();
    await page.getByRole('heading', { name: 'Is it loud?' }).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.keyboard.press('2');
    await page.getByRole('heading', { name: 'Does it click?' }).waitFor();
    await page.keyboard.press('Backspace');
    await page.getByRole('heading', { name: 'Is it loud?' }).waitFor();
    await page.getByRole('button', { name: 'Yes' }).click();
    await page.getByRole('heading', { name: 'Oil the <b>chain</b>.' }).waitFor();
    assert.match(await page.getByRole('region', { name: 'The way here' }).innerText(), /Is it loud\?\s+Yes/);
    await page.getByLabel('Note').fill('Went well');
    assert.deepEqual(await violationsOf(page), []);
    await page.getByRole('button', { name: 'Not known yet' }).click();
    await page.getByText('Whether it helped is not known yet.').waitFor();
    await page.getByRole('button', { name: 'Yes, solved' }).click();
    await page.getByText('It helped.').waitFor();
    const walk = await world.get(`/api${new URL(page.url()).pathname}`);
    assert.deepEqual([walk.entity, Number(walk.record), walk.solved, walk.answers.map(({ answer }) => answer)], ['catalog.product', product, 'yes', ['Yes']]);
    await page.getByRole('button', { name: 'Back to the product' }).click();
    await page.waitForURL(new RegExp(`/catalog/products/${product}$`));
    await page.finish();
  });
}
