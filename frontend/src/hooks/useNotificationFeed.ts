import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectToken } from '../store/slices/authSlice';
import { followFeed } from './followFeed';

/** The one place that brings news in, for as long as somebody is logged in. */
export function useNotificationFeed() {
  const dispatch = useAppDispatch();
  const token = useAppSelector(selectToken);

  useEffect(() => (token ? followFeed(dispatch, token) : undefined), [dispatch, token]);
}
