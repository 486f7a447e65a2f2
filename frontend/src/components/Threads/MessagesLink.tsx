import { useCallback } from 'react';
import { Link } from 'react-router';
import { useThreadNews } from '../../hooks/useThreadNews';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchUnread, selectUnreadMessages } from '../../store/slices/inboxSlice';
import { Icon } from '../Common/Icon';

/** The way to the messages, with how many wait. */
export function MessagesLink() {
  const dispatch = useAppDispatch();
  const unread = useAppSelector(selectUnreadMessages);
  useThreadNews(useCallback(() => void dispatch(fetchUnread()), [dispatch]));
  return (
    <Link to="/messages" aria-label={`Messages, ${unread} unread`} className="relative inline-grid size-11 place-items-center rounded-full hover:bg-mist">
      <Icon name="message" />
      {unread > 0 && (
        <span aria-hidden="true" className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-rose-600 px-1 text-xs font-bold text-white">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}
