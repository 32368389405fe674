import { Button } from '@mantine/core';
import { useState } from 'react';
import { Icon } from '../shell/icons';

/** A secret that nobody will see again: to be copied now. */
export function ShownOnce({ label, text, hint }: { label: string; text: string; hint: string }) {
  return (
    <div className="shown-once" role="status">
      <p>{hint}</p>
      <div className="shown-once-line">
        <input aria-label={label} value={text} readOnly onFocus={(event) => event.currentTarget.select()} />
        <CopyButton text={text} what={label.toLowerCase()} />
      </div>
    </div>
  );
}

// The clipboard is there only over https or on this machine; elsewhere the text stands selected to be copied by hand.
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [isCopied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  return (
    <Button variant="default" aria-label={`Copy the ${what}`} leftSection={<Icon name={isCopied ? 'check' : 'copy'} size={14} />} onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}
