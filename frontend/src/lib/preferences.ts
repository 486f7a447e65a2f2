import type { Pace } from '../api/wire';

export const paces: Record<Pace, string> = { relaxed: 'Relaxed', balanced: 'Balanced', packed: 'Packed' };

/** What a trip can be about, in the words that the planner matches. */
export const interests = ['food', 'culture', 'history', 'museums', 'art', 'architecture', 'temples', 'nature', 'wildlife', 'views', 'shopping', 'family'] as const;

export const currencies = ['USD', 'EUR', 'GBP', 'SGD', 'JPY', 'AUD'] as const;

export const toggled = <T,>(list: readonly T[], item: T): T[] => (list.includes(item) ? list.filter((one) => one !== item) : [...list, item]);
