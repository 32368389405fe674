const alone = 15;
const withSecondFactor = 8;

export interface PasswordHint {
  tone: 'quiet' | 'warn' | 'good';
  text: string;
  /** How far it is to what is enough by itself, from 0 to 1. */
  share: number;
}

/** What the length of a password says while it is being typed; whether it is taken, the server decides. */
export function passwordHint(password: string, hasSecondFactor = false): PasswordHint {
  const length = [...password].length;
  const share = Math.min(1, length / (hasSecondFactor ? withSecondFactor : alone));
  if (length === 0) return { tone: 'quiet', share, text: hasSecondFactor ? 'At least 8 characters.' : 'At least 15 characters, such as four words; 8 with a second factor.' };
  if (length < withSecondFactor) return { tone: 'warn', share, text: `${missing(withSecondFactor - length)} needed.` };
  if (length >= alone || hasSecondFactor) return { tone: 'good', share, text: 'Long enough.' };
  return { tone: 'warn', share, text: `Long enough only with a second factor; ${missing(alone - length)} without one.` };
}

function missing(count: number): string {
  return `${count} more ${count === 1 ? 'character' : 'characters'}`;
}
