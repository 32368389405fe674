/**
 * Whether somebody is asked to confirm with the password that it is they. Whoever meets a refusal for want of it calls `ask` and waits:
 * all who wait share one question and hear the same answer.
 */
export class Confirmation {
  private readonly watchers = new Set<() => void>();
  private readonly waiting = new Set<(isGiven: boolean) => void>();
  /** The sentence of the refusal that was met first; null while nobody waits. */
  question: string | null = null;
  /** How often it was given: a refusal of what was sent before that says nothing of now. */
  times = 0;

  /** Resolves with whether it was given. */
  ask(sentence: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.waiting.add(resolve);
      this.set(this.question ?? sentence);
    });
  }

  give() {
    this.times += 1;
    this.answer(true);
  }

  cancel() {
    this.answer(false);
  }

  /** Is told when `question` changes. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private answer(isGiven: boolean) {
    const all = [...this.waiting];
    this.waiting.clear();
    this.set(null);
    for (const resolve of all) resolve(isGiven);
  }

  private set(question: string | null) {
    if (question === this.question) return;
    this.question = question;
    this.watchers.forEach((watcher) => watcher());
  }
}

export const confirmation = new Confirmation();
