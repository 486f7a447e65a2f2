import { useCallback, useState } from 'react';

/**
 * Which query the content on the screen answers, and the way to follow a call that asks it. A page gives it to its
 * content as `data-query`: the address and `aria-busy` change before the content does.
 */
export function useAnswered() {
  const [answered, setAnswered] = useState<string>();
  const follow = useCallback((query: string, asked: Promise<{ meta: { requestStatus: string } }>) => {
    void asked.then(({ meta }) => {
      if (meta.requestStatus === 'fulfilled') setAnswered(query);
    });
  }, []);
  return [answered, follow] as const;
}
