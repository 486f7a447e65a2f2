import { useEffect } from 'react';
import type { ApiProblem } from '../../api/problem';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { authErrorSeen, selectAuth } from '../../store/slices/authSlice';

const FIELD_OF_CODE: Record<string, string> = { USERNAME_TAKEN: 'username', CODE_WRONG: 'code' };

/** Field errors beside their fields; what belongs to no shown field is for the whole form. */
export function useAuthForm(shown: string[]) {
  const dispatch = useAppDispatch();
  const { loading, error } = useAppSelector(selectAuth);
  useEffect(() => () => void dispatch(authErrorSeen()), [dispatch]);

  const fields: ApiProblem['fields'] = { ...error?.fields };
  const named = error && FIELD_OF_CODE[error.code];
  if (named && !fields[named]) fields[named] = [error.message];
  const beside = shown.some((name) => fields[name]?.length);
  return { dispatch, loading, fields, formError: beside ? null : error };
}
