import type { Entity, InputField } from '../api/contract';
import { isReference } from '../api/contract';
import type { Draft } from './draft';

/**
 * What a document already says limits what is offered for its other references: with an order in the head only that
 * order's lines, with a supplier only that supplier's orders and open items. As a query; empty when nothing is known.
 */
export function narrowingOf(target: Entity | undefined, chosen: string, head: Draft, headFields: InputField[]): string {
  const query = new URLSearchParams();
  for (const field of target?.fields ?? []) {
    if (field.kind !== 'reference') continue;
    const isShared = (other: InputField) =>
      other.kind === 'reference' && other.entity === field.entity && other.name !== chosen && (other.name === field.name || field.name === 'document');
    const value = headFields.filter(isShared).map((other) => head[other.name]).find(isReference);
    if (value) query.set(field.name, String(value.id));
  }
  return query.toString();
}
