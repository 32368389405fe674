import { describe, expect, it } from 'vitest';
import { forgetAllTexts, forgetText, keepText, keptPlace, keptText } from './kept_text';

function storeWith(given: Record<string, string> = {}): Storage {
  const own = {
    getItem(name: string) { return Object.hasOwn(this, name) ? String((this as Record<string, unknown>)[name]) : null; },
    setItem(name: string, value: string) { Object.defineProperty(this, name, { value, enumerable: true, configurable: true }); },
    removeItem(name: string) { delete (this as Record<string, unknown>)[name]; },
  };
  const store = Object.create(own) as Storage;
  for (const [name, value] of Object.entries(given)) store.setItem(name, value);
  return store;
}

describe('text that was not saved', () => {
  const place = keptPlace(7, 'knowledge.asset', 3);

  it('is found again at its place, with the record it began from', () => {
    const store = storeWith();
    expect(keepText(place, { record: { id: 3, version: 2 }, texts: { body: 'new' } }, store)).toBe(true);
    expect(keptText(place, store)).toEqual({ record: { id: 3, version: 2 }, texts: { body: 'new' } });
    forgetText(place, store);
    expect(keptText(place, store)).toBeNull();
  });

  it('is of one person and one record', () => {
    expect(new Set([place, keptPlace(8, 'knowledge.asset', 3), keptPlace(7, 'knowledge.asset', 4), keptPlace(7, 'knowledge.asset', null)]).size).toBe(4);
  });

  it('is nothing where what is kept cannot be read, or there is no room', () => {
    expect(keptText(place, storeWith({ [place]: '{"record":' }))).toBeNull();
    expect(keptText(place, storeWith({ [place]: '17' }))).toBeNull();
    const full = { ...storeWith(), setItem() { throw new Error('full'); } } as unknown as Storage;
    expect(keepText(place, { record: null, texts: {} }, full)).toBe(false);
  });

  it('goes with who signs out, and nothing else goes', () => {
    const store = storeWith({ [place]: '{}', 'tessera.navigation.crm': 'true' });
    forgetAllTexts(store);
    expect(Object.keys(store)).toEqual(['tessera.navigation.crm']);
  });
});
