import type { Filters } from '../../lib/filters';
import { chipsOf } from '../../lib/understood';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { askAgain, selectSearch } from '../../store/slices/searchSlice';
import { ErrorNote } from '../Common/ErrorNote';
import { Icon } from '../Common/Icon';

interface Props {
  filters: Filters;
  onChange: (patch: Partial<Filters>) => void;
}

/** What was read out of the sentence, each part removable, and what was not. */
export function UnderstoodNote({ filters, onChange }: Props) {
  const dispatch = useAppDispatch();
  const { asked, answer, answerFresh, askError } = useAppSelector(selectSearch);
  if (!filters.ask) return null;
  if (asked === filters.ask && askError) return <ErrorNote problem={askError} onRetry={() => dispatch(askAgain())} />;
  if (asked !== filters.ask || !answer || answerFresh)
    return (
      <p role="status" className="flex min-h-11 items-center gap-2 text-muted">
        <Icon name="sparkle" className="size-5 text-pine-600" /> Reading “{filters.ask}” …
      </p>
    );
  const chips = chipsOf(answer.understood, answer.filters, filters);
  return (
    <section aria-label="How your words were understood" className="space-y-2 rounded-card bg-pine-50 p-4">
      <p className="wrap-anywhere">
        <b>“{filters.ask}”</b>
      </p>
      {chips.length > 0 ? (
        <ul aria-label="Understood" className="flex flex-wrap gap-2">
          {chips.map(({ key, label, words, without }) => (
            <li key={key}>
              <button
                type="button"
                aria-label={`Remove ${label}`}
                title={words && `From “${words}”`}
                onClick={() => onChange(chips.length > 1 ? without : { ...without, ask: '' })}
                className="inline-flex min-h-11 items-center gap-2 rounded-full bg-surface px-4 font-medium shadow-card hover:bg-mist"
              >
                {label} <Icon name="close" className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-muted">We found no filters in this. Try a place, dates, a price or an amenity.</p>
      )}
      {answer.ignored.length > 0 && <p className="text-sm text-muted">Not used: {answer.ignored.map((words) => `“${words}”`).join(', ')}</p>}
    </section>
  );
}
