import { useCallback, useEffect, useRef } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchUnread, threadChanged } from '../store/slices/inboxSlice';
import { selectNotifications } from '../store/slices/notificationSlice';
import { fetchThread, markThreadRead, selectThread } from '../store/slices/threadSlice';
import { useThreadNews } from './useThreadNews';

/** The live stream brings messages; lines of bookings and what the other side has read come by this. */
const LOOK_MS = 15_000;

/** Loads a thread, keeps it up to date, and marks as read what is looked at. */
export function useOpenThread(id: string) {
  const dispatch = useAppDispatch();
  const state = useAppSelector(selectThread);
  const thread = state.id === id ? state.thread : null;
  const last = thread?.messages.at(-1)?.number ?? 0;
  // What the feed brought after its message had been read by a look.
  const waiting = useAppSelector(selectNotifications).items.filter((item) => item.thread_id === id && !item.read_at).length;
  const marked = useRef(0);
  const load = useCallback(() => void dispatch(fetchThread(id)), [dispatch, id]);
  useThreadNews(load);

  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && load(), LOOK_MS);
    return () => clearInterval(timer);
  }, [load]);

  useEffect(() => {
    if (last === 0 || (marked.current === last && waiting === 0)) return;
    marked.current = last;
    void dispatch(markThreadRead({ id, number: last })).then((read) => {
      if (!markThreadRead.fulfilled.match(read)) return;
      dispatch(threadChanged({ id, ...read.payload }));
      void dispatch(fetchUnread());
    });
  }, [dispatch, id, last, waiting]);

  return { thread, problem: state.id === id ? state.problem : null, load };
}
