import { useEffect } from 'react';
import { isFiltered, type Filters } from '../lib/filters';
import { toFilters } from '../lib/understood';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { answerUsed, askForStay, selectSearch } from '../store/slices/searchSlice';

type Apply = (patch: Partial<Filters>, options: { replace: boolean }) => void;

/** Has the sentence of the address understood, once; its filters then stand in the address like any others. True while it is at it. */
export function useAsk(filters: Filters, apply: Apply): boolean {
  const dispatch = useAppDispatch();
  const { asked, answer, answerFresh } = useAppSelector(selectSearch);
  const { ask } = filters;
  const settled = asked === ask;
  const bare = !isFiltered({ ...filters, ask: '' });

  useEffect(() => {
    if (!ask || settled) return;
    const call = dispatch(askForStay(ask));
    return () => call.abort();
  }, [dispatch, ask, settled]);

  useEffect(() => {
    if (!settled || !answer || !answerFresh) return;
    dispatch(answerUsed());
    if (bare) apply(toFilters(answer.filters), { replace: true });
  }, [dispatch, settled, answer, answerFresh, bare, apply]);

  return Boolean(ask) && (!settled || answerFresh);
}
