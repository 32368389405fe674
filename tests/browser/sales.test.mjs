// node --test tests/browser/sales.test.mjs
// Boards, calendars and the pages of customers, orders and complaints: against the mock, or against a real server as in browser.test.mjs as far as
// its company has them.
import { after } from 'node:test';
import { board } from './board.mjs';
import { buying } from './buying.mjs';
import { calendar } from './calendar.mjs';
import { charts } from './charts.mjs';
import { customers } from './customers.mjs';
import { margin } from './margin.mjs';
import { merging } from './merging.mjs';
import { segments } from './segments.mjs';
import { openWorld } from './world.mjs';

const world = await openWorld();
after(() => world.close());

board(world);
buying(world);
calendar(world);
charts(world);
customers(world);
margin(world);
merging(world);
segments(world);
