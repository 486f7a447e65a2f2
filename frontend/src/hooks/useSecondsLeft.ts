import { useEffect, useState } from 'react';
import { useAppSelector } from '../store/hooks';
import { selectCheckout } from '../store/slices/checkoutSlice';

const SECOND_MS = 1000;

/** Whole seconds until an instant of the API's clock; 0 once it has passed. */
export function useSecondsLeft(until: string): number {
  const { clockAhead } = useAppSelector(selectCheckout);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((Date.parse(until) - clockAhead - now) / SECOND_MS));
}
