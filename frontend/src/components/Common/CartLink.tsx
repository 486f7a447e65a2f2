import { Link } from 'react-router';
import { hasRole } from '../../lib/roles';
import { useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { selectCart } from '../../store/slices/bookingSlice';
import { Icon } from './Icon';

/** The way to the stays saved for later, as long as there are any. */
export function CartLink() {
  const count = useAppSelector(selectCart).length;
  const user = useAppSelector(selectUser);
  if (count === 0 || (user && !hasRole(user, 'traveler'))) return null;
  return (
    <Link to="/bookings" aria-label={`Stays saved for later: ${count}`} className="relative inline-grid size-11 place-items-center rounded-full hover:bg-mist">
      <Icon name="suitcase" />
      <span aria-hidden="true" className="absolute top-0.5 right-0.5 grid h-5 min-w-5 place-items-center rounded-full bg-pine-700 px-1 text-xs font-bold text-white">
        {count}
      </span>
    </Link>
  );
}
