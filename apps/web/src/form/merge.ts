import type { InputField } from '../api/contract';
import type { Draft } from './draft';
import { sameValue } from './draft';

export interface Merge {
  /** The other's record with my changes where only I changed something. */
  draft: Draft;
  /** Fields that both changed, to different values: a person has to choose. */
  conflicts: InputField[];
}

/** Three drafts of one record: as I loaded it, as I want it, as someone else saved it meanwhile. */
export function merged(base: Draft, mine: Draft, theirs: Draft, fields: InputField[]): Merge {
  const draft: Draft = { ...theirs };
  const conflicts: InputField[] = [];
  for (const field of fields.filter((candidate) => !candidate.read_only)) {
    const { name } = field;
    if (sameValue(mine[name], base[name])) continue;
    draft[name] = mine[name] ?? null;
    const isContested = !sameValue(theirs[name], base[name]) && !sameValue(theirs[name], mine[name]);
    if (isContested) conflicts.push(field);
  }
  return { draft, conflicts };
}
