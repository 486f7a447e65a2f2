import { useFavoriteFeed } from '../../hooks/useFavoriteFeed';
import { useNotificationFeed } from '../../hooks/useNotificationFeed';
import { UnverifiedBanner } from '../Account/UnverifiedBanner';
import { HoldBanner } from '../Checkout/HoldBanner';

export { NotificationBell } from '../Notifications/NotificationBell';
export { MessagesLink } from '../Threads/MessagesLink';

/** What stands on every page for somebody who is logged in. */
export function SignedIn() {
  useNotificationFeed();
  useFavoriteFeed();
  return (
    <>
      <UnverifiedBanner />
      <HoldBanner />
    </>
  );
}
