import { useCallback, useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchText, selectTexts } from '../store/slices/textSlice';

/** The terms that a guest agrees to by booking. */
export function useTerms() {
  const dispatch = useAppDispatch();
  const { texts, error } = useAppSelector(selectTexts);
  const load = useCallback(() => dispatch(fetchText('terms')), [dispatch]);
  useEffect(() => {
    const asked = load();
    return () => asked.abort();
  }, [load]);
  return { terms: texts.terms, error, load };
}
