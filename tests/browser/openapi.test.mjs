// The description of the HTTP interface that the server gives is valid, checked by a linter that knows nothing of us.
// Needs the real server (TESSERA_PROGRAM); the mock gives none.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startServer, web } from './world.mjs';

test('openapi: the description is valid under the recommended rules', { skip: !process.env.TESSERA_PROGRAM }, async () => {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'tessera-openapi-'));
  try {
    const response = await fetch(`${server.base}/api/openapi.json`);
    assert.equal(response.status, 200);
    const file = join(folder, 'openapi.json');
    writeFileSync(file, await response.text());
    const linted = spawnSync(join(web, 'node_modules/.bin/redocly'), ['lint', '--extends', 'recommended', '--format', 'json', file], {
      encoding: 'utf8',
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });
    const { totals, problems } = JSON.parse(linted.stdout);
    assert.deepEqual({ errors: totals.errors, warnings: totals.warnings }, { errors: 0, warnings: 0 }, JSON.stringify(problems.slice(0, 20), null, 2));
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
