import type { KeyboardEvent } from 'react';
import type { RecordEditor } from './record_editor';

/** Ctrl+S and Ctrl+Enter save what was changed. */
export function saveKey(event: KeyboardEvent, editor: RecordEditor) {
  if (!event.ctrlKey || (event.key !== 's' && event.key !== 'Enter')) return;
  event.preventDefault();
  if (editor.isDirty) void editor.save();
}
