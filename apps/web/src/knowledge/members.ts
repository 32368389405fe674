import type { RecordRow, Reference } from '../api/contract';
import { isReference } from '../api/contract';

export interface Member {
  line: number;
  employee: Reference;
  joinedOn: string;
}

/** A member as it is saved: a line that is there by its id, one that is new by the employee. */
export interface MemberLine {
  id?: number;
  employee: number;
}

/** In the order in which they joined. */
export function membersOf(record: RecordRow): Member[] {
  const lines = Array.isArray(record['members']) ? record['members'] : [];
  return lines.flatMap((line) => (isReference(line['employee']) ? [{ line: line.id ?? 0, employee: line['employee'], joinedOn: String(line['joined_on'] ?? '') }] : []))
    .sort((left, right) => left.joinedOn.localeCompare(right.joinedOn) || left.line - right.line);
}

export function isMember(members: Member[], employee: number): boolean {
  return members.some((member) => member.employee.id === employee);
}

export function memberLines(members: Member[]): MemberLine[] {
  return members.map(({ line, employee }) => ({ id: line, employee: employee.id }));
}

export function withMember(lines: MemberLine[], employee: number): MemberLine[] {
  return [...lines, { employee }];
}

export function withoutMember(members: Member[], employee: number): MemberLine[] {
  return memberLines(members.filter((member) => member.employee.id !== employee));
}
