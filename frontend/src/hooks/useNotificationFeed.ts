import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectToken } from '../store/slices/authSlice';
import { pollNotifications } from '../store/slices/notificationSlice';

const POLL_MS = 3000;
const LONGEST_PAUSE_MS = 30_000;

/** The one place that brings news in: asks every 3 s while the tab is visible, more slowly while the API fails. */
export function useNotificationFeed() {
  const dispatch = useAppDispatch();
  const token = useAppSelector(selectToken);

  useEffect(() => {
    if (!token) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pause = POLL_MS;
    let stopped = false;

    const poll = async () => {
      clearTimeout(timer);
      if (document.visibilityState !== 'visible') return;
      const answer = await dispatch(pollNotifications());
      pause = pollNotifications.fulfilled.match(answer) ? POLL_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(poll, pause);
    };

    document.addEventListener('visibilitychange', poll);
    void poll();
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', poll);
    };
  }, [dispatch, token]);
}
