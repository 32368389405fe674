import { labelOf } from '../api/catalogue';
import type { Field, Value } from '../api/contract';
import { isRightAligned } from '../format/value_text';
import { ValueView } from './value_view';

export function LineTable({ label, fields, rows }: { label: string; fields: Field[]; rows: Value | undefined }) {
  const lines = Array.isArray(rows) ? rows : [];
  if (lines.length === 0) return <p className="soft">No lines.</p>;
  return (
    <div className="line-grid line-table">
      <div className="line-scroll" tabIndex={0} role="region" aria-label={label}>
        <table aria-label={label}>
          <thead>
            <tr>
              <th className="line-number" scope="col"><abbr title="Line">#</abbr></th>
              {fields.map((field) => (
                <th key={field.name} scope="col" data-kind={field.kind} data-align={isRightAligned(field.kind) ? 'end' : undefined} title={field.help || undefined}>{field.label}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line, index) => (
              <tr key={line.id ?? index}>
                <td className="line-number">{index + 1}</td>
                {fields.map((field) => (
                  <td key={field.name} data-align={isRightAligned(field.kind) ? 'end' : undefined}>
                    <span className="line-value" data-code={isCode(line[field.name]) ? '' : undefined}><ValueView value={line[field.name]} field={field} /></span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

// "PO-2026-00150" stays in one piece.
function isCode(value: Value | undefined): boolean {
  return /^\S{1,24}$/.test(labelOf(value));
}
