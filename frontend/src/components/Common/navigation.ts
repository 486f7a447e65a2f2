import type { User } from '../../api/wire';
import { hasRole } from '../../lib/roles';

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

const travelers: Destination[] = [plan, { to: '/favorites', label: 'Favorites' }, { to: '/bookings', label: 'My bookings' }];

/** What the roles of a person decide: where they may go. */
export function navigationFor(user: User | null): Destination[] {
  if (!user) return [explore, plan];
  return [explore, ...(hasRole(user, 'traveler') ? travelers : []), ...(hasRole(user, 'owner') ? owners : [])];
}

export const homeOf = (user: User) => (hasRole(user, 'traveler') ? '/' : '/desk');
