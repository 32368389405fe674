import { describe, expect, it } from 'vitest';
import type { Filter } from '../list/filters';
import { groupedByKind, hitAddress, passagesOf, searchPageAddress, soughtText, withoutMarks, withoutTwins, type Hit } from './hits';

const hit = (entity: string, id: number): Hit => ({ entity, kind: entity, id, path: entity.replace('.', '/'), title: `${id}`, excerpt: '', score: 1 });

describe('what was found', () => {
  it('is marked where the server says, and nowhere else', () => {
    expect(passagesOf('a \u0002rear\u0003 noise')).toEqual([{ text: 'a ', isMarked: false }, { text: 'rear', isMarked: true }, { text: ' noise', isMarked: false }]);
    expect(passagesOf('\u0002rear\u0003\u0002hub\u0003')).toEqual([{ text: 'rear', isMarked: true }, { text: 'hub', isMarked: true }]);
    expect(passagesOf('')).toEqual([]);
  });

  it('keeps HTML as the text it is', () => {
    expect(passagesOf('<b>\u0002x\u0003</b>')).toEqual([{ text: '<b>', isMarked: false }, { text: 'x', isMarked: true }, { text: '</b>', isMarked: false }]);
  });

  it('marks to the end where the closing mark was cut off', () => {
    expect(passagesOf('a \u0002rear')).toEqual([{ text: 'a ', isMarked: false }, { text: 'rear', isMarked: true }]);
  });

  it.each([
    ['## What it is for A \u0002globe\u0003 that', 'What it is for A \u0002globe\u0003 that'],
    ['… tools. ## Steps 1. Lift', '… tools. · Steps 1. Lift'],
    ['a **bold** word', 'a bold word'],
    ['C# and order #12 stay', 'C# and order #12 stay'],
    ['| a | b | |---|---| | 1 |', '| a | b | | 1 |'],
  ])('reads without the marks of Markdown: %s', (excerpt, words) => {
    expect(withoutMarks(excerpt)).toBe(words);
  });

  it('is left out where it stands for another that is seen', () => {
    const found = [hit('knowledge.published', 1), hit('knowledge.asset', 1)];
    const twins = { 'knowledge.published': 'knowledge.asset' };
    expect(withoutTwins(found, twins, () => true).map(({ entity }) => entity)).toEqual(['knowledge.asset']);
    expect(withoutTwins(found, twins, () => false)).toHaveLength(2);
  });

  it('stands by kind, the kind of the best first', () => {
    const groups = groupedByKind([hit('crm.complaint', 1), hit('knowledge.asset', 2), hit('crm.complaint', 3)]);
    expect(groups.map(({ entity, hits }) => [entity, hits.map(({ id }) => id)])).toEqual([['crm.complaint', [1, 3]], ['knowledge.asset', [2]]]);
  });

  it('leads to its record, and the search to its page', () => {
    expect(hitAddress(hit('crm.complaint', 7))).toBe('/crm/complaint/7');
    expect(searchPageAddress('rear & front')).toBe('/search?q=rear+%26+front');
    expect(searchPageAddress('rear', 'crm.complaint')).toBe('/search?q=rear&entities=crm.complaint');
  });

  it('is narrowed by the filters of one kind, never of several', () => {
    const filters: Filter[] = [{ field: 'kind', operator: 'in', value: 'article,lesson' }, { field: 'owner', operator: 'equals', value: '3' }];
    expect(searchPageAddress('rear', 'knowledge.asset', filters)).toBe('/search?q=rear&entities=knowledge.asset&kind.in=article%2Clesson&owner=3');
    expect(searchPageAddress('rear', '', filters)).toBe('/search?q=rear');
  });

  it('is looked for as far as the server reads it', () => {
    expect(soughtText(`  ${'rear '.repeat(100)}`)).toHaveLength(250);
  });
});
