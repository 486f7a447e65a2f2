import { useMemo, useRef } from 'react';
import { isUnsettled, type ApiProblem } from '../api/problem';
import { uuid } from '../lib/uuid';

/** Idempotency keys: the same body keeps its key until its call is settled, so that sending it again does nothing twice. */
export function useAttemptKey() {
  const open = useRef<{ sent: string; key: string } | null>(null);
  return useMemo(
    () => ({
      keyFor(body: object): string {
        const sent = JSON.stringify(body);
        if (open.current?.sent !== sent) open.current = { sent, key: uuid() };
        return open.current.key;
      },
      settled(problem: ApiProblem | null) {
        if (!problem || !isUnsettled(problem)) open.current = null;
      },
    }),
    [],
  );
}
