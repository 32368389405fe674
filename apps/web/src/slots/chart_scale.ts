/** Marks at round values around what is drawn. The marks are decimal text, so that an axis reads as exactly as a table. */
export interface Scale {
  marks: { text: string; at: number }[];
  /** Where a value stands: 0 at the lowest mark, 1 at the highest. */
  at: (value: number) => number;
  /** Where bars begin: at zero, or at the end that is nearest to it. */
  origin: number;
}

interface ScaleRules {
  /** A bar tells its value by its length, so it begins at zero; a line may leave zero out when it stays far from it. */
  fromZero: boolean;
  wholeNumbers: boolean;
}

const wantedSteps = 4;

export function scaleOf(values: number[], { fromZero, wholeNumbers }: ScaleRules): Scale {
  const [lowest, highest] = spanOf(values, fromZero);
  const step = stepOf((highest - lowest) / wantedSteps, wholeNumbers);
  const first = Math.floor(lowest / step.size + 1e-9);
  const last = Math.max(Math.ceil(highest / step.size - 1e-9), first + 1);
  const at = (value: number) => (value / step.size - first) / (last - first);
  const marks = Array.from({ length: last - first + 1 }, (_, index) => ({ text: markText(first + index, step), at: index / (last - first) }));
  return { marks, at, origin: Math.min(1, Math.max(0, at(0))) };
}

function spanOf(values: number[], fromZero: boolean): [number, number] {
  const lowest = Math.min(...values);
  const highest = Math.max(...values);
  if (values.length === 0 || (lowest === 0 && highest === 0)) return [0, 1];
  const isFar = (highest - lowest) * 2 < Math.min(Math.abs(lowest), Math.abs(highest)) && lowest * highest > 0 && lowest !== highest;
  return isFar && !fromZero ? [lowest, highest] : [Math.min(0, lowest), Math.max(0, highest)];
}

interface Step {
  digit: number;
  exponent: number;
  size: number;
}

/** 1, 2 or 5 of a power of ten: the smallest that is no smaller than what is wanted. */
function stepOf(wanted: number, wholeNumbers: boolean): Step {
  const power = Math.floor(Math.log10(wanted));
  const exponent = wholeNumbers ? Math.max(0, power) : power;
  const digit = [1, 2, 5].find((candidate) => candidate * 10 ** exponent >= wanted * (1 - 1e-9));
  return digit === undefined ? { digit: 1, exponent: exponent + 1, size: 10 ** (exponent + 1) } : { digit, exponent, size: digit * 10 ** exponent };
}

function markText(count: number, { digit, exponent }: Step): string {
  const units = count * digit;
  if (exponent >= 0) return units === 0 ? '0' : String(units) + '0'.repeat(exponent);
  const digits = String(Math.abs(units)).padStart(1 - exponent, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, exponent)}.${digits.slice(exponent)}`;
}
