import { isAsyncThunkAction, isFulfilled, isRejected, type Middleware } from '@reduxjs/toolkit';
import type { ApiProblem } from '../../api/problem';
import { sessionExpired } from '../slices/authSlice';
import { connectionLost, connectionRestored, messageShown, sessionOver } from '../slices/messageSlice';
import { accountSuspended } from '../slices/suspensionSlice';
import type { RootState } from '../store';

const isProblem = (value: unknown): value is ApiProblem =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** What every answer of the API means for the whole application: connection, session, and failures nobody else shows. */
export const apiMiddleware: Middleware<object, RootState> = (store) => (next) => (action) => {
  const result = next(action);
  if (!isAsyncThunkAction(action)) return result;
  const { auth, messages } = store.getState();
  if (isFulfilled(action) && messages.connectionLost) store.dispatch(connectionRestored());
  if (!isRejected(action) || !isProblem(action.payload)) return result;

  const problem = action.payload;
  if (problem.code === 'NETWORK') store.dispatch(connectionLost());
  else if (problem.code === 'ACCOUNT_SUSPENDED') {
    if (auth.isAuthenticated) store.dispatch(sessionExpired());
    store.dispatch(accountSuspended(problem.details.support_email ?? null));
  } else if (problem.code === 'NOT_AUTHENTICATED' && auth.isAuthenticated) {
    store.dispatch(sessionExpired());
    store.dispatch(sessionOver());
  } else if ('announce' in action.meta && action.meta.announce)
    store.dispatch(messageShown({ tone: 'error', text: problem.message, requestId: problem.requestId }));
  return result;
};
