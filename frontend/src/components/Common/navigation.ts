import type { User } from '../../api/wire';

interface Destination {
  to: string;
  label: string;
}

const explore: Destination = { to: '/', label: 'Explore' };

const plan: Destination = { to: '/plan', label: 'Plan a trip' };

const owners: Destination[] = [
  { to: '/desk', label: 'Owner’s desk' },
  { to: '/host/listings', label: 'Your listings' },
  { to: '/host/analytics', label: 'Analytics' },
];

/** What the kind of account decides: where its holder may go. */
export function navigationFor(user: User | null): Destination[] {
  if (user?.user_type === 'owner') return [explore, ...owners];
  if (user?.user_type === 'traveler') return [explore, plan, { to: '/favorites', label: 'Favorites' }, { to: '/bookings', label: 'My bookings' }];
  return [explore, plan];
}

export const homeOf = (user: User) => (user.user_type === 'owner' ? '/desk' : '/');
