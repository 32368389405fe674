// Exact decimals of the mock: text in, text out, integers between.
const split = (value) => {
  const [whole, fraction = ''] = String(value ?? '0').replace(/^-/, '').split('.');
  return { whole, fraction, negative: String(value).startsWith('-') };
};

export function scaled(value, scale = 4) {
  const { whole, fraction, negative } = split(value);
  const number = BigInt((whole || '0') + fraction.padEnd(scale, '0').slice(0, scale));
  return negative ? -number : number;
}

export function text(number, scale = 2) {
  const negative = number < 0n;
  const digits = (negative ? -number : number).toString().padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export const product = (quantity, price) => {
  const raw = scaled(quantity) * scaled(price);
  const half = raw < 0n ? -500_000n : 500_000n;
  return text((raw + half) / 1_000_000n);
};
export const sum = (values) => text(values.reduce((total, value) => total + scaled(value, 2), 0n));
export const difference = (left, right) => text(scaled(left, 2) - scaled(right, 2));
export const compare = (left, right) => {
  const distance = scaled(left, 6) - scaled(right, 6);
  return distance < 0n ? -1 : distance > 0n ? 1 : 0;
};
