import type { Reference } from '../api/contract';

export interface Member {
  id: number;
  contact: Reference;
  role: string;
  influence: number;
  stance: number;
}

export interface Criterion {
  id: number;
  name: string;
  weight: number;
  mean: string;
  conflict: string;
}

export interface Cell {
  member: number;
  criterion: number;
  weight: number;
  position: number;
  since: string;
}

export interface Argument {
  id: number;
  member: number;
  criterion: number;
  text: string;
  evidence: string | null;
  done: boolean;
}

/** What GET …/opportunities/<id>/buying_centre answers. */
export interface BuyingCentre {
  as_of: string;
  members: Member[];
  criteria: Criterion[];
  cells: Cell[];
  arguments: Argument[];
}

export function cellOf(centre: BuyingCentre, member: number, criterion: number): Cell | undefined {
  return centre.cells.find((cell) => cell.member === member && cell.criterion === criterion);
}

const stances = ['against us', 'rather against us', 'neutral', 'rather for us', 'for us'];

/** −2 to 2 in words; the sign stands beside, so that nothing hangs on a colour. */
export function stanceText(stance: number): string {
  return stances[stance + 2] ?? String(stance);
}

export function signed(value: number): string {
  return value > 0 ? `+${value}` : value < 0 ? `−${-value}` : '0';
}

/** The criteria over which members are furthest apart first; those that nobody disagrees on are none. */
export function conflictsOf(centre: BuyingCentre): Criterion[] {
  return centre.criteria.filter((one) => Number(one.conflict) > 0).sort((left, right) => Number(right.conflict) - Number(left.conflict));
}
