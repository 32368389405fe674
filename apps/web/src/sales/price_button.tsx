import { Button } from '@mantine/core';
import { useState } from 'react';
import { priceTraceFrom } from './price_trace';
import { PriceTraceDialog } from './price_trace_dialog';

/** Asks of a line how its price was found; nothing where no price was looked up. */
export function PriceButton({ what, trace: text }: { what: string; trace: unknown }) {
  const [isOpen, setOpen] = useState(false);
  const trace = priceTraceFrom(text);
  if (!trace) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" aria-label={`How the price of ${what} was found`} onClick={() => setOpen(true)}>Price</Button>
      {isOpen && <PriceTraceDialog what={what} trace={trace} onClose={() => setOpen(false)} />}
    </>
  );
}
