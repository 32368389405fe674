import { labelOf } from '../api/catalogue';
import type { RecordRow, Reference } from '../api/contract';
import { isReference } from '../api/contract';
import type { Payload } from '../form/payload';

/** What is asked to register a complaint: who, what happened, and what it is about. */
export interface ComplaintDraft {
  party: Reference | null;
  /** Who it is, where there is no record of them. */
  customer: string;
  isStranger: boolean;
  happened: string;
  about: 'product' | 'order';
  product: Reference | null;
  order: string;
}

export const emptyComplaint: ComplaintDraft = { party: null, customer: '', isStranger: false, happened: '', about: 'product', product: null, order: '' };

/** The page on which somebody begins to complain says already whom or what it is about. */
export function complaintFrom(entity: string | null, id: number | null, record: RecordRow | undefined): ComplaintDraft {
  if (id === null) return emptyComplaint;
  if (entity === 'directory.party') return { ...emptyComplaint, party: { id, label: '' } };
  if (entity === 'catalog.product') return { ...emptyComplaint, product: { id, label: '' } };
  const customer = record?.['customer'];
  const number = labelOf(record?.['number']);
  if (!entity?.startsWith('sales.') || !isReference(customer) || number === '') return emptyComplaint;
  return { ...emptyComplaint, party: customer, about: 'order', order: number };
}

export function complaintBody(draft: ComplaintDraft): Payload {
  const about: Payload = draft.about === 'product' ? { product: draft.product?.id ?? null } : { order_reference: draft.order.trim() };
  const filled = Object.entries({
    ...(draft.isStranger ? { customer: draft.customer.trim() } : { party: draft.party?.id ?? null }), what_happened: draft.happened.trim(), ...about,
  }).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(filled) as Payload;
}
