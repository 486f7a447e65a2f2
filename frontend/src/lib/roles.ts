import type { Booking, User, UserType } from '../api/wire';

/** One person can be guest and host; `user_type` is only what the account was registered as. */
export const hasRole = (user: User | null, role: UserType) => user?.roles.includes(role) ?? false;

/** On which side of a booking somebody stands. */
export const actsAsHost = (user: User | null, { host_id }: Pick<Booking, 'host_id'>) =>
  hasRole(user, 'owner') && (!hasRole(user, 'traveler') || host_id === user?.id);
