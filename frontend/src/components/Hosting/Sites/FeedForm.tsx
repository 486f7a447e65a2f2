import { useRef, type FormEvent } from 'react';
import { useSubmit } from '../../../hooks/useSubmit';
import { fieldErrors } from '../../../lib/fieldErrors';
import { useAppDispatch } from '../../../store/hooks';
import { addFeed, readFeed } from '../../../store/slices/calendarSlice';
import { Button } from '../../Common/Button';
import { ErrorNote } from '../../Common/ErrorNote';
import { Field } from '../../Common/Field';

/** Adds a calendar and reads it at once, so that what is wrong shows now. */
export function FeedForm({ listingId }: { listingId: string }) {
  const dispatch = useAppDispatch();
  const form = useRef<HTMLFormElement>(null);
  const { busy, problem, submit } = useSubmit();
  const { fields, formError } = fieldErrors(problem, ['name', 'url']);

  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const feed = { listingId, name: String(data.get('name')).trim(), url: String(data.get('url')).trim() };
    await submit(async () => {
      const added = await dispatch(addFeed(feed));
      if (!addFeed.fulfilled.match(added)) return added;
      form.current?.reset();
      await dispatch(readFeed({ listingId, feedId: added.payload.id }));
      return added;
    });
  };

  return (
    <form ref={form} onSubmit={(event) => void send(event)} aria-label="Add a calendar" className="card space-y-4 p-5 sm:p-6">
      <h3 className="text-lg font-bold">Add a calendar</h3>
      {formError && <ErrorNote problem={formError} />}
      <div className="grid gap-4 sm:grid-cols-[1fr_2fr]">
        <Field label="Name" name="name" required maxLength={60} placeholder="Airbnb" errors={fields.name} />
        <Field
          label="Address of the calendar"
          name="url"
          type="text"
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          required
          maxLength={2000}
          hint="On the other site, look for “Export calendar” and copy the address: it often ends with .ics."
          errors={fields.url}
        />
      </div>
      <Button type="submit" busy={busy}>
        Add and read it
      </Button>
    </form>
  );
}
