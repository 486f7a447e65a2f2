import type { User } from '../../api/types';

interface Destination {
  to: string;
  label: string;
}

const explore: Destination = { to: '/', label: 'Explore' };

/** What the kind of account decides: where its holder may go. */
export function navigationFor(user: User | null): Destination[] {
  if (user?.user_type === 'owner') return [explore, { to: '/desk', label: 'Owner’s desk' }];
  if (user?.user_type === 'traveler') return [explore, { to: '/bookings', label: 'My bookings' }];
  return [explore];
}

export const homeOf = (user: User) => (user.user_type === 'owner' ? '/desk' : '/');
