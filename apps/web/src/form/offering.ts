import type { Choice, Field } from '../api/contract';
import type { DraftValue } from './draft';

/** A text that is chosen. What stands there already stays a choice, as of a module that is not loaded. */
export function offering(field: Field, choices: Choice[], now: DraftValue | undefined): Field {
  const isKnown = typeof now !== 'string' || now === '' || choices.some((choice) => choice.value === now);
  return { ...field, kind: 'choice', choices: isKnown ? choices : [...choices, { value: now, label: now }] };
}
