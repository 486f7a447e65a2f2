import { useEffect } from 'react';
import { useAppSelector } from '../store/hooks';
import { selectNotifications } from '../store/slices/notificationSlice';

/** Calls `onNews` at once, and whenever the feed brings something about messages or a booking. */
export function useThreadNews(onNews: () => void) {
  const { items } = useAppSelector(selectNotifications);
  const newest = items.find(({ thread_id, booking_id }) => thread_id ?? booking_id)?.id;
  useEffect(() => onNews(), [onNews, newest]);
}
