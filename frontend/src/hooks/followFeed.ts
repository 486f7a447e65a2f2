import { readFeedStream, StreamRefused, type FeedEvent } from '../api/feedStream';
import { selectToken } from '../store/slices/authSlice';
import type { AppDispatch } from '../store/store';
import { notificationCame, pollNotifications, streamReady, unreadChanged } from '../store/slices/notificationSlice';

const HIDDEN_MS = 60_000;
const FIRST_PAUSE_MS = 2000;
export const POLL_MS = 15_000;

/** Brings news in live; while no stream can be had it asks for the feed at each try, every 15 s in the end. */
export function followFeed(dispatch: AppDispatch): () => void {
  const stopped = new AbortController();
  let attempt = new AbortController();
  let lastEventId: string | null = null;
  let retryMs = FIRST_PAUSE_MS;
  let ready = false;
  let failures = 0;
  let wake = () => {};
  let hiding: ReturnType<typeof setTimeout> | undefined;

  const take = (event: FeedEvent, id: string | undefined) => {
    if (event.name === 'notification') dispatch(notificationCame(event.data));
    else if (event.name === 'unread') dispatch(unreadChanged(event.data));
    else if (event.name === 'ready') {
      ready = true;
      failures = 0;
      void dispatch(streamReady(event.data));
    }
    lastEventId = id ?? lastEventId;
  };

  /** Resolves after `ms`, or as soon as the tab is looked at or the network is back. */
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const fail = async (error: unknown) => {
    failures += 1;
    if (error instanceof StreamRefused && error.status === 400) lastEventId = null;
    await dispatch(pollNotifications());
    const asked = error instanceof StreamRefused ? error.retryAfterMs : null;
    return Math.max(asked ?? 0, Math.min(retryMs * 2 ** (failures - 1), POLL_MS));
  };

  const run = async () => {
    while (!stopped.signal.aborted) {
      if (document.visibilityState !== 'visible') {
        await pause(2 ** 30);
        continue;
      }
      attempt = new AbortController();
      const signal = AbortSignal.any([stopped.signal, attempt.signal]);
      let wait: number;
      ready = false;
      try {
        const token = dispatch((_, getState) => selectToken(getState())) ?? '';
        await readFeedStream({ token, lastEventId, signal, onEvent: take, onRetry: (ms) => (retryMs = ms) });
        // Accepted, but it had nothing to read from.
        wait = ready ? retryMs : await fail(null);
      } catch (error) {
        if (signal.aborted) continue;
        wait = await fail(error);
      }
      if (!stopped.signal.aborted) await pause(wait);
    }
  };

  const look = () => {
    clearTimeout(hiding);
    if (document.visibilityState === 'visible') wake();
    else hiding = setTimeout(() => attempt.abort(), HIDDEN_MS);
  };

  document.addEventListener('visibilitychange', look);
  window.addEventListener('online', look);
  void run();
  return () => {
    stopped.abort();
    clearTimeout(hiding);
    wake();
    document.removeEventListener('visibilitychange', look);
    window.removeEventListener('online', look);
  };
}
