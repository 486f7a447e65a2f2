import { Link } from 'react-router';
import type { NotificationItem } from '../../api/wire';
import { formatAgo } from '../../lib/dates';
import { placeOf } from '../../lib/placeOf';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { fetchOlderNotifications, markAllRead, markRead, selectNotifications } from '../../store/slices/notificationSlice';
import { Button } from '../Common/Button';
import { IconButton } from '../Common/IconButton';

function NotificationRow({ item, onLeave }: { item: NotificationItem; onLeave: () => void }) {
  const dispatch = useAppDispatch();
  const to = placeOf(item);
  const read = () => !item.read_at && dispatch(markRead(item.id));
  const text = (
    <>
      <span className="block font-semibold">{item.title}</span>
      <span className="block text-sm">{item.body}</span>
      <time dateTime={item.created_at} className="block text-sm text-muted">
        {formatAgo(item.created_at)}
      </time>
    </>
  );
  const open = () => {
    read();
    onLeave();
  };
  return (
    <li className={`flex items-start gap-1 border-b border-line py-1 pr-1 last:border-0 ${item.read_at ? '' : 'bg-pine-50'}`}>
      {to ? (
        <Link to={to} onClick={open} className="block min-w-0 flex-1 px-4 py-2 hover:underline">
          {text}
        </Link>
      ) : (
        <div className="min-w-0 flex-1 px-4 py-2">{text}</div>
      )}
      {!item.read_at && <IconButton icon="check" label={`Mark as read: ${item.title}`} onClick={read} />}
    </li>
  );
}

export function NotificationList({ onLeave }: { onLeave: () => void }) {
  const dispatch = useAppDispatch();
  const { items, unread, hasNext, loaded } = useAppSelector(selectNotifications);
  return (
    <section aria-label="Notifications">
      <div className="flex min-h-14 items-center justify-between border-b border-line px-4">
        <h2 className="font-bold">Notifications</h2>
        {unread > 0 && (
          <Button tone="quiet" className="px-3" onClick={() => dispatch(markAllRead())}>
            Mark all as read
          </Button>
        )}
      </div>
      {loaded && items.length === 0 && <p className="p-6 text-muted">No notifications yet. Answers to your requests appear here.</p>}
      <ul className="max-h-[60vh] overflow-y-auto">
        {items.map((item) => (
          <NotificationRow key={item.id} item={item} onLeave={onLeave} />
        ))}
        {hasNext && (
          <li className="p-2 text-center">
            <Button tone="quiet" onClick={() => dispatch(fetchOlderNotifications())}>
              Show older
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
