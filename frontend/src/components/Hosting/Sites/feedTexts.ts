import type { CalendarFeed } from '../../../api/wire';
import { formatAgo } from '../../../lib/dates';

type Look = 'good' | 'wait' | 'bad';

/** What a feed's last reading came to, in one sentence. */
export function feedState(feed: CalendarFeed, now = Date.now()): { look: Look; text: string } {
  const read = feed.succeeded_at ? `Read ${formatAgo(feed.succeeded_at, now)}` : 'Not read yet';
  if (feed.is_stale || feed.state === 'failed') return { look: 'bad', text: feed.succeeded_at ? `Cannot be read. ${read} for the last time.` : 'Cannot be read.' };
  if (feed.state === 'held') return { look: 'wait', text: `${read}. Look at what vanished.` };
  if (feed.problems.length > 0) return { look: 'wait', text: `${read}, not all of it.` };
  if (feed.state === 'new') return { look: 'wait', text: `${read}.` };
  return { look: 'good', text: `${read}.` };
}

export const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What the last reading changed; empty for nothing. */
export const changesOf = ({ added, moved, removed }: CalendarFeed) =>
  [
    [added, 'new'],
    [moved, 'moved'],
    [removed, 'gone'],
  ]
    .filter(([count]) => count)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
