import type { CalendarFeed } from '../../../api/wire';
import { useSubmit } from '../../../hooks/useSubmit';
import { useAppDispatch } from '../../../store/hooks';
import { removeFeed } from '../../../store/slices/calendarSlice';
import { messageShown } from '../../../store/slices/messageSlice';
import { Button } from '../../Common/Button';
import { Dialog } from '../../Common/Dialog';
import { ErrorNote } from '../../Common/ErrorNote';
import { plural } from './feedTexts';

export function RemoveFeedDialog({ listingId, feed, onClose }: { listingId: string; feed: CalendarFeed; onClose: () => void }) {
  const dispatch = useAppDispatch();
  const { busy, problem, submit } = useSubmit();
  const remove = async () => {
    if (!(await submit(() => dispatch(removeFeed({ listingId, feedId: feed.id }))))) return;
    dispatch(messageShown({ tone: 'success', text: `“${feed.name}” is removed.` }));
  };
  return (
    <Dialog title="Remove this calendar?" onClose={onClose}>
      <div className="space-y-4">
        <p className="font-semibold wrap-anywhere">{feed.name}</p>
        <p className="text-muted">{feed.nights > 0 ? `The ${plural(feed.nights, 'night')} that it closes can be booked here at once, unless another calendar closes them too.` : 'It closes no nights now.'}</p>
        {problem && <ErrorNote problem={problem} />}
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Keep it
          </Button>
          <Button tone="danger" busy={busy} onClick={() => void remove()}>
            Remove it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
