import { useRef, useState, type KeyboardEvent } from 'react';
import { hitAddress, type Hit } from '../search/hits';
import { Dialog } from '../shell/dialog';
import { headed, inserted, linkTo, prefixed, tableBlock, wrapped, type TextEdit } from './markdown_edit';
import { Preview } from './preview';
import { RecordPicker } from './record_picker';

interface TextEditorProps {
  text: string;
  error: string | undefined;
  onChange: (text: string) => void;
}

interface Tool {
  label: string;
  sign: string;
  edit: (text: string, from: number, to: number) => TextEdit;
}

const tools: Tool[] = [
  { label: 'Heading', sign: 'H', edit: (text, from) => headed(text, from, 2) },
  { label: 'Smaller heading', sign: 'h', edit: (text, from) => headed(text, from, 3) },
  { label: 'Strong (Ctrl+B)', sign: 'B', edit: (text, from, to) => wrapped(text, from, to, '**', 'strong') },
  { label: 'Emphasis (Ctrl+I)', sign: 'I', edit: (text, from, to) => wrapped(text, from, to, '*', 'emphasis') },
  { label: 'Code', sign: '<>', edit: (text, from, to) => wrapped(text, from, to, '`', 'code') },
  { label: 'List', sign: '•', edit: (text, from, to) => prefixed(text, from, to, () => '- ') },
  { label: 'Numbered list', sign: '1.', edit: (text, from, to) => prefixed(text, from, to, (index) => `${index + 1}. `) },
  { label: 'Tasks', sign: '☑', edit: (text, from, to) => prefixed(text, from, to, () => '- [ ] ') },
  { label: 'Quotation', sign: '❝', edit: (text, from, to) => prefixed(text, from, to, () => '> ') },
  { label: 'Table', sign: 'Table', edit: (text, from) => inserted(text, from, tableBlock) },
  { label: 'Link', sign: 'Link', edit: (text, from, to) => addressEdit(text, from, to) },
];

/** Markdown with a toolbar, and beside it how it will be read. */
export function TextEditor({ text, error, onChange }: TextEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [isLinking, setLinking] = useState(false);
  const [shows, show] = useState<'text' | 'preview'>('text');
  const run = (edit: (text: string, from: number, to: number) => TextEdit) => {
    const box = area.current;
    if (box) replace(box, edit(box.value, box.selectionStart, box.selectionEnd), onChange);
  };
  const onKey = (event: KeyboardEvent) => {
    const tool = event.ctrlKey && !event.altKey && !event.shiftKey ? { b: tools[2], i: tools[3] }[event.key] : undefined;
    if (!tool) return;
    event.preventDefault();
    run(tool.edit);
  };
  const link = (hit: Hit) => {
    setLinking(false);
    requestAnimationFrame(() => run((_, from, to) => put(from, to, linkTo(hit.title, hitAddress(hit)))));
  };
  return (
    <section className="panel text-editor" data-shows={shows} aria-label="Text">
      <div className="text-tools" role="toolbar" aria-label="Marks of the text">
        {tools.map((tool) => <button key={tool.label} type="button" aria-label={tool.label} title={tool.label} onClick={() => run(tool.edit)}><span data-sign={tool.sign} /></button>)}
        <button type="button" onClick={() => setLinking(true)}>Link to a record</button>
        <span className="page-head-fill" />
        <button type="button" className="text-switch" aria-pressed={shows === 'preview'} onClick={() => show(shows === 'text' ? 'preview' : 'text')}>{shows === 'text' ? 'Preview' : 'Write'}</button>
      </div>
      <div className="text-sides">
        <textarea
          ref={area} aria-label="Text, as Markdown" data-field="body" aria-invalid={error ? true : undefined} aria-describedby={error ? 'text-error' : undefined} value={text} spellCheck
          onChange={(event) => onChange(event.currentTarget.value)} onKeyDown={onKey}
        />
        <Preview text={text} />
      </div>
      {error && <p id="text-error" className="text-error">{error}</p>}
      {isLinking && <Dialog title="Link to a record" onClose={() => setLinking(false)}><RecordPicker label="Which record" onPick={link} autoFocus /><div className="picker-room" /></Dialog>}
    </section>
  );
}

const put = (from: number, to: number, insert: string): TextEdit => ({ from, to, insert, selectFrom: from + insert.length, selectTo: from + insert.length });

function addressEdit(text: string, from: number, to: number): TextEdit {
  const words = text.slice(from, to) || 'words';
  const insert = `[${words}](https://)`;
  return { from, to, insert, selectFrom: from + insert.length - 1, selectTo: from + insert.length - 1 };
}

/** As if it were typed, so that the browser can take it back. */
function replace(box: HTMLTextAreaElement, edit: TextEdit, onChange: (text: string) => void) {
  box.focus();
  box.setSelectionRange(edit.from, edit.to);
  const isDone = edit.insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, edit.insert);
  if (!isDone) onChange(box.value.slice(0, edit.from) + edit.insert + box.value.slice(edit.to));
  requestAnimationFrame(() => box.setSelectionRange(edit.selectFrom, edit.selectTo));
}
