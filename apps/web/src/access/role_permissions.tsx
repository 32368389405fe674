import { blankLine, type DraftLine } from '../form/draft';
import type { LineInputProps } from '../form/line_input';
import './access.css';
import { PermissionPicker } from './permission_picker';

/** The permissions of a role, ticked instead of typed. */
export default function RolePermissions({ fields, lines, onChange }: LineInputProps) {
  const chosen = lines.map((line) => String(line.values['permission'] ?? ''));
  const choose = (wanted: string[]) => {
    const kept = lines.filter((line) => wanted.includes(String(line.values['permission'])));
    const added = wanted.filter((permission) => !chosen.includes(permission)).map((permission): DraftLine => {
      const line = blankLine(fields);
      return { ...line, values: { ...line.values, permission } };
    });
    onChange([...kept, ...added]);
  };
  return <PermissionPicker chosen={chosen} onChange={choose} />;
}
