import { useCallback, useEffect, useRef } from 'react';
import { useBlocker } from 'react-router';

/** Stops leaving the page while something is unsaved. `allow` lets the next move through, for one that follows a save. */
export function useUnsavedGuard(dirty: boolean) {
  const allowed = useRef(false);
  const blocker = useBlocker(
    useCallback(
      ({ currentLocation, nextLocation }: { currentLocation: { pathname: string }; nextLocation: { pathname: string } }) =>
        dirty && !allowed.current && currentLocation.pathname !== nextLocation.pathname,
      [dirty],
    ),
  );

  useEffect(() => {
    if (!dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [dirty]);

  const allow = useCallback(() => {
    allowed.current = true;
  }, []);
  return { blocker, allow };
}
