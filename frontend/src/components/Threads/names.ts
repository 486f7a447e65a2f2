import type { ThreadCard } from '../../api/wire';

/** The other person of a thread, whose account may be gone. */
export const otherName = ({ other_first_name, side }: Pick<ThreadCard, 'other_first_name' | 'side'>) =>
  other_first_name || (side === 'guest' ? 'A former host' : 'A former guest');
