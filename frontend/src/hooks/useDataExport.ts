import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { fetchExport, selectAccountData } from '../store/slices/accountDataSlice';

const EVERY_MS = 3000;

/** The person's export, asked for again while it is being made. */
export function useDataExport() {
  const dispatch = useAppDispatch();
  const { dataExport, error } = useAppSelector(selectAccountData);
  const goesOn = dataExport?.state === 'waiting' || dataExport?.state === 'running';
  useEffect(() => {
    const asked = dispatch(fetchExport());
    return () => asked.abort();
  }, [dispatch]);
  useEffect(() => {
    if (!goesOn) return;
    const timer = setInterval(() => void dispatch(fetchExport()), EVERY_MS);
    return () => clearInterval(timer);
  }, [goesOn, dispatch]);
  return { dataExport, error, goesOn };
}
