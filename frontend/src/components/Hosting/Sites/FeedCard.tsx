import { useState } from 'react';
import type { CalendarFeed } from '../../../api/wire';
import { useSubmit } from '../../../hooks/useSubmit';
import { useAppDispatch } from '../../../store/hooks';
import { readFeed } from '../../../store/slices/calendarSlice';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';
import { FeedConflicts } from './FeedConflicts';
import { changesOf, feedState, plural } from './feedTexts';
import { HeldNights } from './HeldNights';
import { RemoveFeedDialog } from './RemoveFeedDialog';
import { RenameFeedDialog } from './RenameFeedDialog';

const looks = { good: 'bg-pine-50 text-pine-900', wait: 'bg-apricot-100 text-apricot-800', bad: 'bg-rose-50 text-rose-700' };

export function FeedCard({ listingId, feed }: { listingId: string; feed: CalendarFeed }) {
  const dispatch = useAppDispatch();
  const [asking, setAsking] = useState<'remove' | 'rename' | null>(null);
  const { busy, problem, submit } = useSubmit();
  const { look, text } = feedState(feed);
  const changes = changesOf(feed);
  const close = () => setAsking(null);
  return (
    <article aria-label={feed.name} className="card space-y-4 p-5 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-lg font-bold wrap-anywhere">{feed.name}</h3>
          <p className="text-sm text-muted wrap-anywhere">{feed.site}</p>
        </div>
        <p role="status" className={`rounded-full px-3 py-1 text-sm font-semibold ${looks[look]}`}>
          {text}
        </p>
      </div>
      <p>
        {plural(feed.events, 'entry').replace('entrys', 'entries')} ahead, {plural(feed.nights, 'night')} closed here.
        {changes && ` At the last reading: ${changes}.`}
      </p>
      {feed.problems.length > 0 && (
        <div className="rounded-xl bg-apricot-100 p-4 text-apricot-800">
          <p className="font-semibold">What could not be read. No night was freed for it:</p>
          <ul aria-label="Problems" className="mt-1 list-disc space-y-1 pl-5">
            {feed.problems.map(({ line, text: what }) => (
              <li key={`${line} ${what}`} className="wrap-anywhere">
                {line > 0 && `Line ${line}: `}
                {what}
              </li>
            ))}
          </ul>
        </div>
      )}
      <HeldNights listingId={listingId} feed={feed} />
      <FeedConflicts feed={feed} />
      {problem && <ErrorNote problem={problem} />}
      <div className="flex flex-wrap gap-2">
        <Button tone="secondary" busy={busy} onClick={() => void submit(() => dispatch(readFeed({ listingId, feedId: feed.id })))}>
          Read it now
        </Button>
        <Button tone="secondary" onClick={() => setAsking('rename')}>
          Rename
        </Button>
        <Button tone="danger" onClick={() => setAsking('remove')}>
          Remove
        </Button>
      </div>
      {asking === 'remove' && <RemoveFeedDialog listingId={listingId} feed={feed} onClose={close} />}
      {asking === 'rename' && <RenameFeedDialog listingId={listingId} feed={feed} onClose={close} />}
    </article>
  );
}
