import { useCallback, useEffect, useRef, useState } from 'react';
import { useAppDispatch } from '../store/hooks';
import { deletePlan } from '../store/slices/plannerSlice';

export const UNDO_MS = 7000;

/** A plan that is deleted can be taken back for a while; leaving the page ends the while. */
export function usePlanRemoval() {
  const dispatch = useAppDispatch();
  const [going, setGoing] = useState<string[]>([]);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());

  const settle = useCallback((id: string) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setGoing((known) => known.filter((one) => one !== id));
  }, []);
  const remove = (id: string) => {
    setGoing((known) => [...known, id]);
    const finish = async () => {
      timers.current.delete(id);
      await dispatch(deletePlan(id));
      settle(id);
    };
    timers.current.set(id, setTimeout(finish, UNDO_MS));
  };

  useEffect(() => {
    const waiting = timers.current;
    return () => {
      for (const [id, timer] of waiting) {
        clearTimeout(timer);
        void dispatch(deletePlan(id));
      }
      waiting.clear();
    };
  }, [dispatch]);

  return { going, remove, undo: settle };
}
