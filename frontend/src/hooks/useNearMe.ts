import { useState } from 'react';
import type { Spot } from '../lib/filters';
import { useAppDispatch } from '../store/hooks';
import { messageShown } from '../store/slices/messageSlice';

const PATIENCE_MS = 10_000;

/** Asks the browser where the person is; a refusal is said and changes nothing. */
export function useNearMe(onFound: (spot: Spot) => void) {
  const dispatch = useAppDispatch();
  const [locating, setLocating] = useState(false);
  const refuse = () => {
    setLocating(false);
    dispatch(messageShown({ tone: 'error', text: 'Your browser did not share your location. Type a place instead.' }));
  };
  const locate = () => {
    if (!('geolocation' in navigator)) return refuse();
    setLocating(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLocating(false);
        onFound([coords.longitude, coords.latitude]);
      },
      refuse,
      { timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  };
  return { locate, locating };
}
