export interface TracedPrice {
  source: string;
  name: string;
  minimum_quantity: string;
  price: string;
  taken: boolean;
  why: string;
}

export interface TracedOffer {
  name: string;
  discount: string;
  taken: boolean;
  why: string;
}

export interface PriceTrace {
  prices: TracedPrice[];
  offers: TracedOffer[];
}

/** How the price of a line was found, as the line keeps it; null when nothing was looked up for it. */
export function priceTraceFrom(text: unknown): PriceTrace | null {
  if (typeof text !== 'string' || text === '') return null;
  const { prices = [], offers = [] } = JSON.parse(text) as Partial<PriceTrace>;
  return prices.length + offers.length > 0 ? { prices, offers } : null;
}
