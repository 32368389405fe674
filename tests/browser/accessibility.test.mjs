// node --test tests/browser/accessibility.test.mjs
// What axe finds on every kind of page: of the real server or of the mock, as in browser.test.mjs.
import { after } from 'node:test';
import { accessibility } from './accessibility.mjs';
import { openWorld } from './world.mjs';

const world = await openWorld();
after(() => world.close());

accessibility(world);
