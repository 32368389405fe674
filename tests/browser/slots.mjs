import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage, rowsOf, violationsOf } from './world.mjs';

/** Panels on records, cards on the start page and whole pages, as the catalogue declares them. */
export function slots(world) {
  const { cards = [], pages, reports } = world.catalogue;
  // The pages of some entities draw the panels of their modules in ways of their own.
  const panels = (world.catalogue.panels ?? []).filter(({ entity }) => !['directory.party', 'sales.order', 'crm.opportunity'].includes(entity));
  const panelOf = (kind) => panels.find(({ view }) => view.kind === kind);
  const cardOf = (kind) => cards.find(({ view }) => view.kind === kind);
  const declared = pages.find((page) => page.views?.length > 0);
  const titleOf = (name) => reports.find((report) => report.name === name).title;
  const inPage = (page, title) => page.getByRole('region', { name: title, exact: true });
  const answerOf = (view, parameters = {}) => world.get(`/api/reports/${view.report}?${new URLSearchParams(parameters)}`);
  const filled = (view, record) => Object.fromEntries(Object.entries(view.parameters).map(([name, text]) => [name, text.startsWith('=') ? String(record[text.slice(1)].id ?? record[text.slice(1)]) : text]));
  const digits = (text) => text.replaceAll(',', '');

  /** A record whose panel shows something, or nothing. */
  const recordOf = async (panel, isWanted) => {
    const entity = world.entity(panel.entity);
    for (const end of ['id', '-id']) {
      const { rows } = await world.get(`/api/${entity.path}?limit=10&sort=${end}`);
      for (const { id } of rows) {
        const record = await world.get(`/api/${entity.path}/${id}`);
        const parameters = filled(panel.view, record);
        const answer = panel.view.kind === 'list' ? await world.get(`/api/${world.entity(panel.view.entity).path}?${new URLSearchParams(parameters)}`) : await answerOf(panel.view, parameters);
        if (isWanted(answer.rows)) return { path: `/${entity.path}/${id}`, parameters, answer };
      }
    }
    return null;
  };
  const toldBy = (card) => card.locator('table tbody tr').evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)));
  const withRows = (rows) => rows.length > 0;
  const claim = (name, isThere, work) => test(name, { skip: isThere ? false : 'the company has nothing of the kind' }, work);

  claim('card: a figure is the total of its report and leads to it', cardOf('figure'), async () => {
    const { title, view } = cardOf('figure');
    const page = await openPage(world, '/');
    const card = page.locator('.key-figures li').filter({ has: page.getByText(title, { exact: true }) });
    const { totals, rows } = await answerOf(view, view.parameters);
    await card.locator('b', { hasText: /\d/ }).waitFor();
    assert.equal(Number.parseFloat(digits(await card.locator('b').innerText())), Number(totals?.[view.column] ?? rows[0][view.column]));
    await card.getByRole('link').click();
    await page.getByRole('heading', { name: titleOf(view.report), level: 1 }).waitFor();
    await page.finish();
  });

  claim('card: what is of an unknown kind is left out', cards.some(({ view }) => !['report', 'chart', 'figure', 'list'].includes(view.kind)), async () => {
    const unknown = cards.find(({ view }) => !['report', 'chart', 'figure', 'list'].includes(view.kind));
    const page = await openPage(world, '/');
    await inPage(page, cardOf('chart').title).waitFor();
    assert.equal(await page.getByText(unknown.title).count(), 0);
    await page.finish();
  });

  claim('card: a chart has what its report has, also for who cannot see it', cardOf('chart'), async () => {
    const { title, view } = cardOf('chart');
    const page = await openPage(world, '/');
    const card = inPage(page, title);
    await card.locator('.chart svg rect, .chart svg path').first().waitFor();
    const { rows } = await answerOf(view, view.parameters);
    const told = await toldBy(card);
    assert.ok(told.length > 0 && told.length <= rows.length);
    assert.equal(told[0][0], String(rows[0][view.chart.x]));
    assert.equal(Number(digits(told[0][1])), Number(rows[0][view.chart.y[0]]));
    await card.getByRole('link', { name: /^Open report/ }).click();
    await page.getByRole('heading', { name: titleOf(view.report), level: 1 }).waitFor();
    await page.finish();
  });

  claim('chart: values are read with the arrow keys and under the pointer', cardOf('chart'), async () => {
    const page = await openPage(world, '/');
    const card = inPage(page, cardOf('chart').title);
    const plot = card.locator('.chart-plot');
    await plot.waitFor();
    const told = await toldBy(card);
    const reading = card.getByRole('status');
    await plot.focus();
    await page.keyboard.press('ArrowRight');
    await reading.getByText(told[0][0], { exact: true }).waitFor();
    await reading.getByText(told[0][1], { exact: true }).waitFor();
    await page.keyboard.press('End');
    await reading.getByText(told.at(-1)[0], { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.querySelector('.chart-reading').childElementCount === 0);
    const box = await plot.boundingBox();
    await page.mouse.move(box.x + 60, box.y + 30);
    await reading.getByText(told[0][0], { exact: true }).waitFor();
    await page.finish();
  });

  claim('panel: a report is asked for this record, and its link keeps that', panelOf('report'), async (context) => {
    const panel = panelOf('report');
    const record = await recordOf(panel, withRows);
    if (!record) return context.skip('no record has any');
    const page = await openPage(world, record.path);
    const place = inPage(page, panel.title);
    await rowsOf(place).first().waitFor();
    assert.equal(Number(await place.getByRole('grid').getAttribute('aria-rowcount')), record.answer.rows.length + 1 + (Object.keys(record.answer.totals ?? {}).length > 0 ? 1 : 0));
    await place.getByRole('link', { name: /^Open report/ }).click();
    await page.waitForURL((url) => Object.entries(record.parameters).every(([name, value]) => url.searchParams.get(name) === value));
    return page.finish();
  });

  claim('panel: the newest records lead to the list that they are of', panelOf('list'), async (context) => {
    const panel = panelOf('list');
    const record = await recordOf(panel, withRows);
    if (!record) return context.skip('no record has any');
    const page = await openPage(world, record.path);
    const place = inPage(page, panel.title);
    await rowsOf(place).first().waitFor();
    assert.equal(await rowsOf(place).count(), Math.min(8, record.answer.total));
    await place.getByRole('link', { name: /^Open list/ }).click();
    await page.waitForFunction((total) => document.querySelector('[data-testid=total]')?.textContent.replaceAll(',', '') === String(total), record.answer.total);
    return page.finish();
  });

  claim('panel: what is empty says so in one line', panelOf('report'), async (context) => {
    const panel = panelOf('report');
    const record = await recordOf(panel, (rows) => rows.length === 0);
    if (!record) return context.skip('every record has some');
    const page = await openPage(world, record.path);
    await inPage(page, panel.title).getByText('Nothing yet').waitFor();
    assert.equal(await inPage(page, panel.title).locator('.panel-body').count(), 0);
    return page.finish();
  });

  claim('panel: what is folded stays folded, and is not asked for', panelOf('report'), async (context) => {
    const panel = panelOf('report');
    const record = await recordOf(panel, withRows);
    if (!record) return context.skip('no record has any');
    const page = await openPage(world, record.path);
    const turn = inPage(page, panel.title).getByRole('button', { name: panel.title });
    await rowsOf(inPage(page, panel.title)).first().waitFor();
    await turn.focus();
    await page.keyboard.press('Enter');
    assert.equal(await turn.getAttribute('aria-expanded'), 'false');
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.reload();
    await turn.waitFor();
    await page.settled();
    assert.equal(asked.some((url) => url.includes(`/api/reports/${panel.view.report}?`)), false);
    await turn.click();
    await rowsOf(inPage(page, panel.title)).first().waitFor();
    return page.finish();
  });

  claim('panel: the form does not wait for it, and its mistakes are its own', panelOf('report'), async (context) => {
    const panel = panelOf('report');
    const record = await recordOf(panel, withRows);
    if (!record) return context.skip('no record has any');
    const page = await openPage(world, '/');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(`**/api/reports/${panel.view.report}*`, async (route) => {
      await held;
      await route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ status: 409, code: 'warranty.closed', detail: 'To see this, open the books.' }) });
    });
    await page.goto(world.base + record.path);
    await page.locator('.record-head').waitFor();
    await inPage(page, panel.title).waitFor();
    release();
    await inPage(page, panel.title).getByRole('alert').getByText('To see this, open the books.').waitFor();
    assert.equal(await page.getByRole('alert').count(), 1);
    return page.finish();
  });

  claim('page: one that a module declares is in the navigation and shows its views one after another', declared, async () => {
    const page = await openPage(world, `/${declared.path}`);
    await page.getByRole('heading', { name: declared.title, level: 1 }).waitFor();
    assert.equal(await page.locator('.navigation [aria-current=page]').innerText(), declared.title);
    assert.equal(await page.locator('.declared-page > .view').count(), declared.views.length);
    const titles = await page.locator('.declared-page > .view h2').allInnerTexts();
    declared.views.forEach((view, index) => view.title && assert.equal(titles[index], view.title));
    await page.finish();
  });

  claim('accessibility: start page with cards in light and dark', cards.length > 0, async () => {
    const page = await openPage(world, '/');
    if (cardOf('chart')) {
      await inPage(page, cardOf('chart').title).locator('.chart-plot').focus();
      await page.keyboard.press('ArrowRight');
    }
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });

  claim('accessibility: record with panels in light and dark', panels.length > 0, async () => {
    const record = (await recordOf(panels[0], withRows)) ?? (await recordOf(panels[0], () => true));
    const page = await openPage(world, record.path);
    await inPage(page, panels[0].title).waitFor();
    assert.deepEqual(await violationsOf(page), []);
    await page.finish();
  });

  claim('accessibility: page of views in light and dark', declared, async () => {
    const page = await openPage(world, `/${declared.path}`);
    assert.deepEqual(await violationsOf(page), []);
    await page.setViewportSize({ width: 400, height: 800 });
    assert.deepEqual(await violationsOf(page), []);
    assert.equal(await page.evaluate(() => { const main = document.querySelector('main'); return main.scrollWidth > main.clientWidth; }), false);
    await page.finish();
  });
}
