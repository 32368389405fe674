/**
 * Decimals are strings from the database to the screen: "1234567890123456.7891" keeps every digit, because it is only
 * ever cut and grouped as text.
 */
export interface NumberStyle {
  group: string;
  decimal: string;
}

export function numberStyleOf(locale?: string): NumberStyle {
  const parts = new Intl.NumberFormat(locale).formatToParts(-1234567.8);
  const part = (type: string, otherwise: string) => parts.find((p) => p.type === type)?.value ?? otherwise;
  return { group: part('group', ''), decimal: part('decimal', '.') };
}

export const numberStyle: NumberStyle = numberStyleOf();

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?$/;

export function isDecimal(text: string): boolean {
  return decimalText.test(text) && /\d/.test(text);
}

/** "-1234567.5" → "-1,234,567.50"; keeps further decimals that the value really has, unless told to trim zeros. */
export function formatDecimal(text: string, decimals = 0, style: NumberStyle = numberStyle): string {
  const match = decimalText.exec(text);
  if (!match || !/\d/.test(text)) return text;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '') || '0';
  const fraction = trimTo(match[3] ?? '', decimals);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, style.group);
  const negative = match[1] === '-' && /[1-9]/.test(whole + fraction);
  return (negative ? '-' : '') + grouped + (fraction ? style.decimal + fraction : '');
}

function trimTo(fraction: string, decimals: number): string {
  const kept = fraction.replace(/0+$/, '');
  return kept.padEnd(decimals, '0');
}

/** What a person typed, as the decimal the server takes; null when it is none. Group marks and spaces may stand anywhere. */
export function parseDecimal(typed: string, style: NumberStyle = numberStyle): string | null {
  let text = typed.replace(/[\s\u00a0\u202f'’]/g, '').replace(/^\((.+)\)$/, '-$1').replace(/\u2212/g, '-');
  if (style.group.trim()) text = text.split(style.group).join('');
  if (style.decimal !== '.') text = text.replace(style.decimal, '.');
  const match = decimalText.exec(text);
  if (!match || !/\d/.test(text)) return null;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '') || '0';
  const fraction = match[3] ?? '';
  const negative = match[1] === '-' && /[1-9]/.test(whole + fraction);
  return (negative ? '-' : '') + whole + (fraction ? `.${fraction}` : '');
}

/** The text of a decimal while it is being edited: its own digits, with the reader's decimal mark and no grouping. */
export function editableDecimal(text: string, style: NumberStyle = numberStyle): string {
  return isDecimal(text) ? text.replace('.', style.decimal) : text;
}

export function isZero(text: string): boolean {
  return isDecimal(text) && !/[1-9]/.test(text);
}

/** Exact sum of decimal strings; entries that are none are left out. */
export function sumDecimals(texts: string[]): string {
  const numbers = texts.filter(isDecimal);
  const scale = Math.max(0, ...numbers.map((text) => (text.split('.')[1] ?? '').length));
  const total = numbers.reduce((sum, text) => sum + scaled(text, scale), 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `.${digits.slice(digits.length - scale)}` : '';
  return (total < 0n ? '-' : '') + whole + fraction;
}

export function scaled(text: string, scale: number): bigint {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const digits = BigInt((whole || '0') + fraction.padEnd(scale, '0').slice(0, scale));
  return negative ? -digits : digits;
}

export function compareDecimals(left: string, right: string): number {
  const scale = Math.max(...[left, right].map((text) => (text.split('.')[1] ?? '').length));
  const difference = scaled(left, scale) - scaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
