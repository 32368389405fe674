import type { ProblemDocument } from './contract';

/** The server understood and refused: the sentence says what to do about it. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly field: string | null;
  /** Of what may be tried again: after so many seconds. */
  readonly retryAfter: number | null;

  constructor(document: ProblemDocument, retryAfter: string | null = null) {
    super(document.detail || document.title || `The server answered ${document.status}.`);
    this.name = 'Problem';
    this.status = document.status;
    this.code = document.code ?? '';
    this.field = document.field ?? null;
    this.retryAfter = retryAfter === null ? null : Number(retryAfter);
  }
}

/** No answer came: whether the command ran is not known, sending it again under its key is safe. */
export class Unanswered extends Error {
  constructor() {
    super('The server did not answer. Nothing is lost: try again, it will not be done twice.');
    this.name = 'Unanswered';
  }
}

export async function problemFrom(response: Response): Promise<Problem> {
  const text = await response.text();
  try {
    const document = JSON.parse(text) as ProblemDocument;
    return new Problem({ ...document, status: response.status }, response.headers.get('Retry-After'));
  } catch {
    return new Problem({ status: response.status, title: response.statusText, detail: text.slice(0, 300) });
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
