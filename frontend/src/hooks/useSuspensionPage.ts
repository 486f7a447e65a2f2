import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useAppSelector } from '../store/hooks';
import { selectSuspension } from '../store/slices/suspensionSlice';

/** Leads to the page of a suspended person as soon as the API says that they are one. */
export function useSuspensionPage() {
  const navigate = useNavigate();
  const { suspended } = useAppSelector(selectSuspension);
  useEffect(() => {
    if (suspended) void navigate('/suspended', { replace: true });
  }, [suspended, navigate]);
}
