// node --test tests/browser/knowledge.test.mjs
// Search, and the pages of knowledge: against the mock, or against a real server as in browser.test.mjs as far as its company has them.
import { after } from 'node:test';
import { assets } from './assets.mjs';
import { communities } from './communities.mjs';
import { experts } from './experts.mjs';
import { guides } from './guides.mjs';
import { reviews } from './reviews.mjs';
import { search } from './search.mjs';
import { transfers } from './transfers.mjs';
import { openWorld } from './world.mjs';

const world = await openWorld();
after(() => world.close());

search(world);
assets(world);
guides(world);
experts(world);
reviews(world);
transfers(world);
communities(world);
