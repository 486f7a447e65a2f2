import { useCallback, useEffect, useRef, useState } from 'react';

const UNDO_MS = 8000;

/** Photos marked for removal: each goes after a while, or at once when the page is left, unless it is taken back. */
export function usePhotoRemoval(remove: (image: string) => Promise<void>) {
  const [leaving, setLeaving] = useState<string[]>([]);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  const act = useRef(remove);
  useEffect(() => {
    act.current = remove;
  });

  const forget = useCallback((image: string) => {
    clearTimeout(timers.current.get(image));
    timers.current.delete(image);
  }, []);
  const undo = useCallback(
    (image: string) => {
      forget(image);
      setLeaving((known) => known.filter((each) => each !== image));
    },
    [forget],
  );
  const mark = useCallback(
    (image: string) => {
      const go = () => {
        timers.current.delete(image);
        void act.current(image).then(() => undo(image));
      };
      setLeaving((known) => [...known, image]);
      timers.current.set(image, setTimeout(go, UNDO_MS));
    },
    [undo],
  );

  useEffect(() => {
    const open = timers.current;
    return () => {
      for (const [image, timer] of open) {
        clearTimeout(timer);
        void act.current(image);
      }
      open.clear();
    };
  }, []);

  return { leaving, mark, undo };
}
