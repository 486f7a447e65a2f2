import { useAppSelector } from '../../store/hooks';
import { selectNotifications } from '../../store/slices/notificationSlice';
import { Icon } from '../Common/Icon';
import { Popover } from '../Common/Popover';
import { NotificationList } from './NotificationList';

export function NotificationBell() {
  const { unread } = useAppSelector(selectNotifications);
  const badge = unread > 99 ? '99+' : unread;
  return (
    <Popover
      label={`Notifications, ${unread} unread`}
      trigger={
        <>
          <Icon name="bell" />
          {unread > 0 && (
            <span aria-hidden="true" className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-rose-600 px-1 text-xs font-bold text-white">
              {badge}
            </span>
          )}
        </>
      }
      triggerClass="relative inline-grid size-11 place-items-center rounded-full hover:bg-mist"
      panelClass="fixed inset-x-3 top-16 mt-2 sm:absolute sm:inset-x-auto sm:right-0 sm:top-full sm:w-96"
    >
      {(close) => <NotificationList onLeave={close} />}
    </Popover>
  );
}
