import { useLayoutEffect, useRef, useState, type ChangeEvent } from 'react';
import { editableDecimal, formatDecimal, isDecimal, parseDecimal } from '../format/decimal';

/**
 * An input that shows "1,234.50" and edits "1234.5", all selected when it is entered. What is no number stays as typed,
 * for the form to say so. The selection is made before the next key can arrive, or a fast first digit would be lost.
 */
export function useTypedDecimal(value: string, decimals: number, onValue: (value: string) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  const ref = useRef<HTMLInputElement>(null);
  const entered = useRef(false);
  useLayoutEffect(() => {
    if (!entered.current) return;
    entered.current = false;
    ref.current?.select();
  });
  return {
    ref,
    value: typed ?? (isDecimal(value) ? formatDecimal(value, decimals) : value),
    onFocus: () => {
      entered.current = true;
      setTyped(editableDecimal(value));
    },
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setTyped(event.currentTarget.value);
      onValue(parseDecimal(event.currentTarget.value) ?? event.currentTarget.value);
    },
    onBlur: () => setTyped(null),
  };
}
