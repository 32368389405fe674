import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Fields that an operator adds are in forms and lists without a reload. */
export function customFields(world) {
  const custom = world.entity('fields.custom_field');
  const skip = custom ? false : 'the company has no custom fields';
  const parties = world.entity('directory.party');
  const input = (page, name) => page.locator(`.field [data-field="${name}"]`);
  const named = (word) => ({ name: `${word}_${Date.now() % 1_000_000}`, label: `${word} ${Date.now() % 1_000_000}` });
  const add = (given) => world.post(`/api/${custom.path}`, { entity: parties.name, kind: 'text', ...given });
  // While the books are opened anew nobody is answered.
  const asked = async (path) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await world.get(path);
      } catch (error) {
        if (tries > 40) throw error;
        await delay(250);
      }
    }
  };
  /** The field as the entity has it, once it does. */
  const arrived = async (label) => {
    for (let tries = 0; tries < 80; tries += 1) {
      const { entities } = await asked('/api/catalogue');
      const field = entities.find((entity) => entity.name === parties.name).fields.find((candidate) => candidate.label === label);
      if (field) return field;
      await delay(250);
    }
    throw new Error(`${label} has not come.`);
  };
  const isSaved = (page, id, field, value) => page.waitForFunction(async ([path, name, wanted]) => {
    const response = await fetch(path).catch(() => null);
    return response?.ok && (await response.json())[name] === wanted;
  }, [`/api/${parties.path}/${id}`, field, value]);
  const textOf = (entity) => entity.fields.find((field) => field.kind === 'text' && field.multiline && !field.read_only) ?? entity.fields.find((field) => field.kind === 'text' && !field.read_only && !field.required);

  test('custom field: it comes into an open form, and what was typed there stays', { skip }, async () => {
    const page = await openPage(world, `/${parties.path}/2`);
    const text = textOf(parties).name;
    await input(page, text).fill('typed before');
    const { name, label } = named('region');
    await add({ name, label });
    await page.getByLabel(label, { exact: true }).waitFor({ timeout: 20_000 });
    assert.equal(await input(page, text).inputValue(), 'typed before');
    await page.getByLabel(label, { exact: true }).fill('north');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await isSaved(page, 2, (await arrived(label)).name, 'north');
    assert.equal((await world.get(`/api/${parties.path}/2`))[text], 'typed before');
    await page.finish();
  });

  test('custom field: a form in which nothing was typed is not taken for changed', { skip }, async () => {
    const page = await openPage(world, `/${parties.path}/3`);
    const { name, label } = named('bonded');
    await add({ name, label, kind: 'yes_no' });
    await page.getByLabel(label, { exact: true }).waitFor({ timeout: 20_000 });
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).count(), 0);
    await page.finish();
  });

  test('custom field: a new record that is being typed keeps what it has, and gets the field', { skip }, async () => {
    const page = await openPage(world, `/${parties.path}/new`);
    await input(page, parties.display).fill('Half typed Ltd');
    const { name, label } = named('grade');
    await add({ name, label });
    await page.getByLabel(label, { exact: true }).waitFor({ timeout: 20_000 });
    assert.equal(await input(page, parties.display).inputValue(), 'Half typed Ltd');
    await page.finish();
  });

  test('custom field: the list has its column, also for who was on a page that follows nothing', { skip }, async () => {
    const page = await openPage(world, '/reports');
    await page.evaluate(() => { window.isSamePage = true; });
    const { name, label } = named('route');
    await add({ name, label });
    await page.waitForResponse((response) => response.url().endsWith('/api/catalogue'), { timeout: 20_000 });
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Quick open' }).fill(parties.plural);
    await page.keyboard.press('Enter');
    await rowsOf(page).first().waitFor();
    await page.getByRole('columnheader', { name: label }).waitFor();
    assert.equal(await page.evaluate(() => window.isSamePage), true);
    await page.finish();
  });

  test('custom field: its entity is chosen, and what only some kinds have is asked for with them', { skip }, async () => {
    const page = await openPage(world, `/${custom.path}/new`);
    await input(page, 'entity').selectOption(parties.name);
    const offered = await input(page, 'entity').locator('option').evaluateAll((options) => options.map((option) => option.value).filter(Boolean));
    const known = world.catalogue.entities.filter(({ menu }) => ['documents', 'master_data'].includes(menu)).map((entity) => entity.name);
    assert.deepEqual(offered.sort(), known.sort());
    assert.equal(await input(page, 'choices').count(), 0);
    assert.equal(await input(page, 'refers_to').count(), 0);
    await input(page, 'kind').selectOption('choice');
    await input(page, 'choices').fill('Red\nBlue');
    assert.equal(await input(page, 'refers_to').count(), 0);
    await input(page, 'kind').selectOption('reference');
    assert.equal(await input(page, 'choices').count(), 0);
    await input(page, 'refers_to').selectOption('catalog.product');
    await input(page, 'kind').selectOption('choice');
    assert.equal(await input(page, 'choices').inputValue(), 'Red\nBlue');
    const { name, label } = named('colour');
    await input(page, 'name').fill(name);
    await input(page, 'label').fill(label);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(new RegExp(`${custom.path}/\\d+$`));
    await arrived(label);
    const saved = await asked(`/api${new URL(page.url()).pathname}`);
    assert.deepEqual([saved.entity, saved.kind, saved.refers_to || null], [parties.name, 'choice', null]);
    await page.finish();
  });

  test('custom field: a choice may be nothing, in the form and in a filter', { skip }, async () => {
    const { name, label } = named('shelf');
    const page = await openPage(world, `/${parties.path}/5`);
    await add({ name, label, kind: 'choice', choices: 'High\nLow' });
    await page.getByLabel(label, { exact: true }).waitFor({ timeout: 20_000 });
    const field = await arrived(label);
    const low = field.choices.find((choice) => /low/i.test(choice.label)).value;
    await input(page, field.name).selectOption(low);
    await page.keyboard.press('Control+s');
    await isSaved(page, 5, field.name, low);
    await input(page, field.name).selectOption('');
    await page.keyboard.press('Control+s');
    await isSaved(page, 5, field.name, null);
    await page.goto(`${world.base}/${parties.path}`);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Column', { exact: true }).selectOption(field.name);
    await page.getByLabel('Condition', { exact: true }).selectOption({ label: 'is empty' });
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(new RegExp(`${field.name}.is=null`));
    await rowsOf(page).first().waitFor();
    await page.finish();
  });

  test('choice: a default that was taken back is nothing', { skip: world.entity('warranty.claim')?.fields.some(({ name }) => name === 'cause') ? false : 'no choice has a default' }, async () => {
    const claims = world.entity('warranty.claim');
    const page = await openPage(world, `/${claims.path}/new?customer=1&product=1`);
    assert.equal(await input(page, 'cause').inputValue(), 'material');
    await input(page, 'cause').selectOption('');
    await input(page, 'fault').fill('Squeaks');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.waitForURL(new RegExp(`${claims.path}/\\d+$`));
    assert.equal((await world.get(`/api${new URL(page.url()).pathname}`)).cause, null);
    await page.finish();
  });

  test('accessibility: custom field in light and dark', { skip }, async () => {
    const page = await openPage(world, `/${custom.path}/new`);
    await input(page, 'kind').selectOption('choice');
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });
}
