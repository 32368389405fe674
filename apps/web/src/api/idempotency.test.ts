import { beforeEach, describe, expect, test } from 'vitest';
import { forgetKey, keyFor, unansweredBody, type KeyStorage } from './idempotency';

class Memory implements KeyStorage {
  items = new Map<string, string>();
  getItem(name: string) { return this.items.get(name) ?? null; }
  setItem(name: string, value: string) { this.items.set(name, value); }
  removeItem(name: string) { this.items.delete(name); }
}

describe('idempotency: one command, one key', () => {
  let storage: Memory;
  beforeEach(() => { storage = new Memory(); });

  test('the key is stored before anything is sent', () => {
    const key = keyFor('POST /api/purchasing/orders', '{}', storage);
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect([...storage.items.values()][0]).toContain(key);
  });

  test('sent again unanswered, also after a reload: the same key', () => {
    const key = keyFor('POST /api/purchasing/orders/7/approve', '', storage);
    expect(keyFor('POST /api/purchasing/orders/7/approve', '', storage)).toBe(key);
  });

  test('another body is another command', () => {
    const key = keyFor('POST /api/purchasing/orders', '{"note":"a"}', storage);
    expect(keyFor('POST /api/purchasing/orders', '{"note":"b"}', storage)).not.toBe(key);
  });

  test('once answered, the next one is a new command', () => {
    const key = keyFor('POST /api/purchasing/orders', '{}', storage);
    forgetKey('POST /api/purchasing/orders', storage);
    expect(keyFor('POST /api/purchasing/orders', '{}', storage)).not.toBe(key);
  });

  test('an unanswered body can be shown again', () => {
    expect(unansweredBody('POST /api/purchasing/orders', storage)).toBeNull();
    keyFor('POST /api/purchasing/orders', '{"supplier":12}', storage);
    expect(unansweredBody('POST /api/purchasing/orders', storage)).toEqual({ supplier: 12 });
  });
});
