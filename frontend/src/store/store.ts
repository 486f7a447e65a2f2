import { combineReducers, configureStore, type Reducer } from '@reduxjs/toolkit';
import { createClient } from '../api/client';
import { serverApi } from '../api/serverApi';
import { onReducerAdded, type LazyState } from './lazyReducers';
import { apiMiddleware } from './middleware/apiMiddleware';
import { createLoggerMiddleware } from './middleware/loggerMiddleware';
import { createRenewal } from './renewal';
import { authReducer, sessionExpired, sessionRestored } from './slices/authSlice';
import { bookingReducer } from './slices/bookingSlice';
import { bookingViewReducer } from './slices/bookingViewSlice';
import { checkoutReducer } from './slices/checkoutSlice';
import { detailReducer } from './slices/detailSlice';
import { favoriteViewReducer } from './slices/favoriteViewSlice';
import { messageReducer } from './slices/messageSlice';
import { propertyReducer } from './slices/propertySlice';
import { searchReducer } from './slices/searchSlice';
import { sessionReducer } from './slices/sessionSlice';
import { accountSuspended, suspensionReducer } from './slices/suspensionSlice';

const first = {
  auth: authReducer,
  properties: propertyReducer,
  bookings: bookingReducer,
  session: sessionReducer,
  suspension: suspensionReducer,
  search: searchReducer,
  detail: detailReducer,
  bookingView: bookingViewReducer,
  checkout: checkoutReducer,
  favoriteView: favoriteViewReducer,
  messages: messageReducer,
  server: serverApi.reducer,
};

type FirstState = { [Name in keyof typeof first]: ReturnType<(typeof first)[Name]> };

/** A part of `LazyState` is there once its slice is loaded, which whoever reads it imports. */
export type RootState = FirstState & LazyState;

// eslint-disable-next-line no-console
const logger = createLoggerMiddleware((label, detail) => console.debug(label, detail));

export function makeStore() {
  const readToken = () => store.getState().auth.token;
  const renew = createRenewal(readToken, {
    onRenewed: (session) => {
      const { user } = store.getState().auth;
      // Somebody else has logged in by another tab: nothing of before is theirs.
      if (user && user.id !== session.user.id) store.dispatch(sessionExpired());
      store.dispatch(sessionRestored(session));
    },
    onSuspended: (supportEmail) => {
      if (store.getState().auth.isAuthenticated) store.dispatch(sessionExpired());
      store.dispatch(accountSuspended(supportEmail));
    },
  });
  const api = createClient(readToken, renew);
  const store = configureStore({
    reducer: combineReducers(first) as unknown as Reducer<RootState>,
    middleware: (defaults) => {
      const chain = defaults({ thunk: { extraArgument: { api } } }).concat(serverApi.middleware, apiMiddleware);
      return import.meta.env.MODE === 'development' ? chain.concat(logger) : chain;
    },
  });
  onReducerAdded((more) => store.replaceReducer(combineReducers({ ...first, ...more }) as unknown as Reducer<RootState>));
  return { ...store, renew };
}

export type AppStore = ReturnType<typeof makeStore>;
export type AppDispatch = AppStore['dispatch'];
