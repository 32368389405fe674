export class Refusal extends Error {
  constructor(status, code, detail, field) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
  }

  get document() {
    return { type: 'about:blank', title: 'Refused', status: this.status, code: this.code, detail: this.message, ...(this.field ? { field: this.field } : {}) };
  }
}
