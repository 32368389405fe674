import { Checkbox } from '@mantine/core';
import { useCatalogue } from '../api/catalogue';
import { covers, grants, withoutCovered } from '../api/grants';
import { groupedByModule, useGrantText, usePermissions } from './permissions';

interface PermissionPickerProps {
  chosen: string[];
  onChange: (chosen: string[]) => void;
  /** Only what these cover is offered; absent offers everything. */
  within?: string[];
}

/** Permissions by module, each by what it lets one do; a whole module or everything at once includes what is added later. */
export function PermissionPicker({ chosen, onChange, within = ['*'] }: PermissionPickerProps) {
  const catalogue = useCatalogue();
  const grantText = useGrantText();
  const offered = usePermissions().filter((permission) => grants(within, permission.name));
  const known = new Set(offered.map((permission) => permission.name));
  const groups = groupedByModule(offered, catalogue);
  const wide = ['*', '*.read'].filter((grant) => grants(within, grant));
  const patterns = new Set([...wide, ...groups.map((group) => `${group.module}.*`)]);
  const others = chosen.filter((grant) => !known.has(grant) && !patterns.has(grant));
  const toggle = (grant: string, isOn: boolean) => onChange(isOn ? withoutCovered([...chosen, grant]) : chosen.filter((other) => other !== grant));
  const box = (grant: string, label: string) => {
    const coveredBy = chosen.find((other) => other !== grant && covers(other, grant));
    return (
      <Checkbox
        key={grant} label={label} checked={chosen.includes(grant) || coveredBy !== undefined} disabled={coveredBy !== undefined}
        title={coveredBy ? `Included in “${grantText(coveredBy)}”` : grant} onChange={(event) => toggle(grant, event.currentTarget.checked)}
      />
    );
  };
  return (
    <div className="picker">
      {wide.length > 0 && <div className="picker-wide">{wide.map((grant) => box(grant, grantText(grant)))}</div>}
      <div className="picker-groups">
        {groups.map((group) => (
          <fieldset key={group.module}>
            <legend>{group.title}</legend>
            {grants(within, `${group.module}.*`) && box(`${group.module}.*`, `Everything in ${group.title}`)}
            {group.permissions.map((permission) => box(permission.name, permission.title))}
          </fieldset>
        ))}
      </div>
      {others.length > 0 && (
        <fieldset className="picker-others">
          <legend>Of modules that are not loaded</legend>
          {others.map((grant) => box(grant, grant))}
        </fieldset>
      )}
    </div>
  );
}
