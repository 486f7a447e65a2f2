import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../store/hooks';
import { selectUser } from '../store/slices/authSlice';
import { followFeed } from './followFeed';

/** The one place that brings news in, for as long as somebody is logged in. */
export function useNotificationFeed() {
  const dispatch = useAppDispatch();
  const userId = useAppSelector(selectUser)?.id;

  useEffect(() => (userId ? followFeed(dispatch) : undefined), [dispatch, userId]);
}
