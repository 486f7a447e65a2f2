import { useCallback, useEffect, useRef, useState, type PointerEvent } from 'react';
import type { Day } from '../lib/dates';
import { nightsFromTo } from '../lib/spans';

/** A selection of nights in a row: two clicks, a drag with the mouse, or a click and another one with Shift. */
export function useNightSelection() {
  const [ends, setEnds] = useState<[Day, Day] | null>(null);
  const [open, setOpen] = useState(false);
  const drag = useRef<{ from: Day; moved: boolean } | null>(null);

  const extend = useCallback((day: Day) => {
    setOpen(false);
    setEnds((known) => [known?.[0] ?? day, day]);
  }, []);

  const pick = useCallback(
    (day: Day, shift: boolean) => {
      const dragged = drag.current?.moved;
      drag.current = null;
      if (dragged) return;
      if (shift || open) {
        extend(day);
      } else {
        setEnds([day, day]);
        setOpen(true);
      }
    },
    [extend, open],
  );

  const press = useCallback((day: Day, { pointerType, button, shiftKey }: PointerEvent) => {
    drag.current = pointerType === 'mouse' && button === 0 && !shiftKey ? { from: day, moved: false } : null;
  }, []);

  const enter = useCallback((day: Day) => {
    const from = drag.current?.from;
    if (!drag.current || !from || (day === from && !drag.current.moved)) return;
    drag.current.moved = true;
    setOpen(false);
    setEnds([from, day]);
  }, []);

  useEffect(() => {
    // After the click that ends a drag on the day where it began.
    const release = () => setTimeout(() => (drag.current = null));
    document.addEventListener('pointerup', release);
    return () => document.removeEventListener('pointerup', release);
  }, []);

  const clear = useCallback(() => {
    setEnds(null);
    setOpen(false);
  }, []);

  return { nights: ends ? nightsFromTo(...ends) : [], ends, open, pick, press, enter, extend, clear };
}
