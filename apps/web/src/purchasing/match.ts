import type { Reference } from '../api/contract';

export interface MatchLine {
  order_line: number;
  line_number: number;
  product: Reference;
  ordered: string;
  received: string;
  returned: string;
  invoiced: string;
  price: string;
  invoice_price: string | null;
  ordered_value: string;
  received_value: string;
  invoiced_value: string;
  status: 'ok' | 'warn' | 'held' | 'open';
  explanation: string;
}

export interface MatchHold {
  id: number;
  invoice: Reference;
  reason: string;
  amount: string;
  since: string;
  clears_when: string;
}

export interface Match {
  order: { id: number; number: string };
  currency: string;
  lines: MatchLine[];
  holds: MatchHold[];
}
