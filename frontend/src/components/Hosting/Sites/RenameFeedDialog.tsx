import type { FormEvent } from 'react';
import type { CalendarFeed } from '../../../api/wire';
import { useSubmit } from '../../../hooks/useSubmit';
import { fieldErrors } from '../../../lib/fieldErrors';
import { useAppDispatch } from '../../../store/hooks';
import { renameFeed } from '../../../store/slices/calendarSlice';
import { Button } from '../../Common/Button';
import { Dialog } from '../../Common/Dialog';
import { ErrorNote } from '../../Common/ErrorNote';
import { Field } from '../../Common/Field';

export function RenameFeedDialog({ listingId, feed, onClose }: { listingId: string; feed: CalendarFeed; onClose: () => void }) {
  const dispatch = useAppDispatch();
  const { busy, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['name']);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (await submit(() => dispatch(renameFeed({ listingId, feedId: feed.id, name })))) onClose();
  };
  return (
    <Dialog title="Rename this calendar" onClose={onClose}>
      <form onSubmit={(event) => void send(event)} className="space-y-4">
        {formError && <ErrorNote problem={formError} />}
        <Field label="Name" name="name" required maxLength={60} defaultValue={feed.name} errors={fields.name} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button tone="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
