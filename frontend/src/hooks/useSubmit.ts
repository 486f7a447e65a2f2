import { useState } from 'react';
import type { ApiProblem } from '../api/problem';

interface Answer {
  meta: { requestStatus: 'fulfilled' | 'rejected' };
  payload?: unknown;
}

/** Sends something once at a time, and keeps whether it was done or what was wrong. */
export function useSubmit() {
  const [busy, setBusy] = useState(false);
  const [done, setDone] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  const submit = async (send: () => Promise<Answer>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    const answer = await send();
    setBusy(false);
    const succeeded = answer.meta.requestStatus === 'fulfilled';
    setDone(succeeded);
    if (!succeeded) setProblem((answer.payload as ApiProblem | undefined) ?? null);
    return succeeded;
  };
  return { busy, done, problem, submit };
}
