export class Refusal extends Error {
  constructor(status, code, detail, field, headers = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
    this.headers = headers;
  }

  get document() {
    return { type: 'about:blank', title: 'Refused', status: this.status, code: this.code, detail: this.message, ...(this.field ? { field: this.field } : {}) };
  }
}
