import { useCallback, useState } from 'react';
import { Problem } from '../api/problem';

/** One thing that is tried: whether it is under way, and what the server said against it. */
export function useAttempt() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const attempt = useCallback(async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }, []);
  /** The sentence, when the problem is this one and is said at its field. */
  const saidAs = (code: string) => (problem instanceof Problem && problem.code === code ? problem.message : undefined);
  const clear = useCallback(() => setProblem(null), []);
  return { isBusy, problem, attempt, saidAs, clear };
}
