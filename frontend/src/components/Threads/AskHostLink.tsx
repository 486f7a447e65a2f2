import { Link } from 'react-router';
import type { Listing } from '../../api/wire';
import { hasRole } from '../../lib/roles';
import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { buttonStyle } from '../Common/buttonStyle';
import { Icon } from '../Common/Icon';

/** Not for hosts: whoever is nobody's guest asks nobody. */
export function AskHostLink({ listing }: { listing: Listing }) {
  const user = useAppSelector(selectUser);
  if (user && (!hasRole(user, 'traveler') || user.id === listing.host_id)) return null;
  return (
    <Link to={`/messages/ask/${listing.id}`} aria-label="Ask the host" className={`${buttonStyle('secondary')} max-sm:size-11 max-sm:px-0`}>
      <Icon name="message" />
      <span className="hidden sm:inline">Ask the host</span>
    </Link>
  );
}
