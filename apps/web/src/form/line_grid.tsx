import { ActionIcon, Button } from '@mantine/core';
import { memo, useCallback, useEffect, useRef, type KeyboardEvent } from 'react';
import { useCatalogue, type Catalogue } from '../api/catalogue';
import type { Field } from '../api/contract';
import { isRightAligned } from '../format/value_text';
import { Icon } from '../shell/icons';
import { blankLine, type DraftLine, type DraftValue } from './draft';
import { LineCell } from './line_cell';
import type { LineFieldOf } from './line_input';
import type { FieldErrors } from './payload';

interface LineGridProps {
  label: string;
  name: string;
  fields: Field[];
  lines: DraftLine[];
  onChange: (lines: DraftLine[]) => void;
  errors: FieldErrors;
  /** For a line's reference, by field: the query that limits what is offered. */
  narrowing: Record<string, string>;
  fieldOf?: LineFieldOf | undefined;
}

/** Lines typed like a sheet: Tab goes on, Enter goes down and adds a line at the end, Ctrl+Delete takes one away. */
export function LineGrid({ label, name, fields, lines, onChange, errors, narrowing, fieldOf }: LineGridProps) {
  const catalogue = useCatalogue();
  const table = useRef<HTMLTableElement>(null);
  const focusNext = useRef<{ row: number; column: number } | null>(null);
  const latest = useRef({ lines, onChange });
  useEffect(() => { latest.current = { lines, onChange }; });

  useEffect(() => {
    const wanted = focusNext.current;
    if (!wanted) return;
    focusNext.current = null;
    focusCell(table.current, wanted.row, wanted.column);
  });

  const setValue = useCallback((key: string, field: string, value: DraftValue) => {
    const changed = latest.current.lines.map((line) => (line.key === key ? withValue(line, field, value, fields) : line));
    latest.current.onChange(changed);
  }, [fields]);

  const remove = useCallback((key: string) => {
    const { lines: now } = latest.current;
    const index = now.findIndex((line) => line.key === key);
    focusNext.current = { row: Math.max(0, Math.min(index, now.length - 2)), column: 0 };
    latest.current.onChange(now.filter((line) => line.key !== key));
  }, []);

  const add = (column = 0) => {
    focusNext.current = { row: lines.length, column };
    onChange([...lines, blankLine(fields)]);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-line]');
    if (!cell || event.defaultPrevented) return;
    const row = Number(cell.dataset.line);
    const column = Number(cell.dataset.column);
    const isList = (event.target as HTMLElement).getAttribute('aria-expanded') === 'true' || event.target instanceof HTMLSelectElement;
    if (event.key === 'Enter' && !isList) {
      event.preventDefault();
      if (row === lines.length - 1) add(firstEditable(fields));
      else focusCell(table.current, row + 1, column);
    } else if (event.key === 'Delete' && event.ctrlKey) {
      event.preventDefault();
      const line = lines[row];
      if (line) remove(line.key);
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !isList && !event.altKey) {
      event.preventDefault();
      focusCell(table.current, row + (event.key === 'ArrowDown' ? 1 : -1), column);
    }
  };

  return (
    <div className="line-grid">
      <div className="line-scroll" {...(lines.length === 0 ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>
        <table ref={table} aria-label={label} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              <th className="line-number" scope="col"><abbr title="Line">#</abbr></th>
              {fields.map((field) => (
                <th key={field.name} scope="col" data-kind={field.kind} data-align={isRightAligned(field.kind) ? 'end' : undefined} title={field.help || undefined}>
                  {field.label}
                  {field.required && <span className="line-required" aria-hidden> *</span>}
                </th>
              ))}
              <th className="line-remove" scope="col"><span className="hidden-text">Remove</span></th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <LineRow
                key={line.key} line={line} index={index} fields={fields} onValue={setValue} onRemove={remove}
                errors={errorsOfLine(errors, `${name}[${index}].`)} narrowing={narrowing} catalogue={catalogue} fieldOf={fieldOf}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Button variant="subtle" size="xs" leftSection={<Icon name="plus" size={14} />} onClick={() => add(firstEditable(fields))}>Add line</Button>
      {lines.length > 0 && <span className="line-hint soft">Enter: next line · Ctrl+Delete: remove line</span>}
    </div>
  );
}

interface LineRowProps {
  line: DraftLine;
  index: number;
  fields: Field[];
  errors: string;
  narrowing: Record<string, string>;
  catalogue: Catalogue;
  fieldOf: LineFieldOf | undefined;
  onValue: (key: string, field: string, value: DraftValue) => void;
  onRemove: (key: string) => void;
}

const LineRow = memo(function LineRow({ line, index, fields, errors, narrowing, catalogue, fieldOf, onValue, onRemove }: LineRowProps) {
  const found = errors ? (JSON.parse(errors) as FieldErrors) : {};
  const messages = fields.filter((field) => found[field.name]);
  const errorId = `${line.key}-error`;
  return (
    <>
      <tr>
        <td className="line-number">{index + 1}</td>
        {fields.map((field, column) => (
          <td key={field.name} data-line={index} data-column={column} data-align={isRightAligned(field.kind) ? 'end' : undefined}>
            <LineCell
              field={fieldOf ? fieldOf(catalogue, field, line) : field} value={line.values[field.name]} label={`${field.label}, line ${index + 1}`}
              errorId={found[field.name] ? errorId : undefined} narrowing={narrowing[field.name] ?? ''} onChange={(value) => onValue(line.key, field.name, value)}
            />
          </td>
        ))}
        <td className="line-remove">
          <ActionIcon variant="subtle" color="gray" size={24} aria-label={`Remove line ${index + 1}`} onClick={() => onRemove(line.key)}>
            <Icon name="close" size={14} />
          </ActionIcon>
        </td>
      </tr>
      {messages.length > 0 && (
        <tr className="line-error">
          <td />
          <td colSpan={fields.length + 1} id={errorId}>
            {messages.map((field) => `${field.label}: ${found[field.name]}`).join(' ')}
          </td>
        </tr>
      )}
    </>
  );
});

// As text, so that a row is drawn again only when its own errors change.
function errorsOfLine(errors: FieldErrors, prefix: string): string {
  const own = Object.entries(errors).filter(([path]) => path.startsWith(prefix));
  return own.length === 0 ? '' : JSON.stringify(Object.fromEntries(own.map(([path, text]) => [path.slice(prefix.length), text])));
}

// What the server computes from a line is out of date as soon as the line is touched.
function withValue(line: DraftLine, name: string, value: DraftValue, fields: Field[]): DraftLine {
  const values = { ...line.values, [name]: value };
  for (const field of fields) if (field.read_only && isRightAligned(field.kind) && field.kind !== 'integer') values[field.name] = null;
  return { ...line, values };
}

function firstEditable(fields: Field[]): number {
  return Math.max(0, fields.findIndex((field) => !field.read_only));
}

function focusCell(table: HTMLTableElement | null, row: number, column: number) {
  const cells = table?.querySelectorAll<HTMLElement>(`[data-line="${row}"]`);
  if (!cells) return;
  const ordered = [...cells].sort((a, b) => Math.abs(Number(a.dataset.column) - column) - Math.abs(Number(b.dataset.column) - column));
  for (const cell of ordered) {
    const input = cell.querySelector<HTMLElement>('input, select');
    if (input) return input.focus();
  }
}
