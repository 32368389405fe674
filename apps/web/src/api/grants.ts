/**
 * What is granted is an exact name or a pattern: "purchasing.approve", "purchasing.*", "*.read", "*". A pattern is covered as a name
 * is: who has "purchasing.*" may hand on "purchasing.*", who has only "*.read" may not.
 */
export function grants(granted: string[], permission: string): boolean {
  return granted.some((grant) => covers(grant, permission));
}

export function covers(grant: string, permission: string): boolean {
  if (grant === '*' || grant === permission) return true;
  if (grant.endsWith('.*')) return permission.startsWith(grant.slice(0, -1));
  return grant.startsWith('*.') && permission.endsWith(grant.slice(1));
}

/** Without what another of them covers. */
export function withoutCovered(granted: string[]): string[] {
  const all = [...new Set(granted)];
  return all.filter((grant) => !all.some((other) => other !== grant && covers(other, grant)));
}
