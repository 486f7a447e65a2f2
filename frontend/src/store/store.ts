import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createClient } from '../api/client';
import { serverApi } from '../api/serverApi';
import { apiMiddleware } from './middleware/apiMiddleware';
import { createLoggerMiddleware } from './middleware/loggerMiddleware';
import { createRenewal } from './renewal';
import { accountDataReducer } from './slices/accountDataSlice';
import { analyticsReducer } from './slices/analyticsSlice';
import { arrivalReducer } from './slices/arrivalSlice';
import { authReducer, sessionExpired, sessionRestored } from './slices/authSlice';
import { availabilityReducer } from './slices/availabilitySlice';
import { bookingReducer } from './slices/bookingSlice';
import { bookingViewReducer } from './slices/bookingViewSlice';
import { changeViewReducer } from './slices/changeViewSlice';
import { calendarReducer } from './slices/calendarSlice';
import { checkoutReducer } from './slices/checkoutSlice';
import { detailReducer } from './slices/detailSlice';
import { favoriteViewReducer } from './slices/favoriteViewSlice';
import { hostingReducer } from './slices/hostingSlice';
import { messageReducer } from './slices/messageSlice';
import { notificationReducer } from './slices/notificationSlice';
import { passkeyReducer } from './slices/passkeySlice';
import { notificationSettingsReducer } from './slices/notificationSettingsSlice';
import { plannerReducer } from './slices/plannerSlice';
import { accountSessionReducer } from './slices/accountSessionSlice';
import { preferenceReducer } from './slices/preferenceSlice';
import { propertyReducer } from './slices/propertySlice';
import { secondFactorReducer } from './slices/secondFactorSlice';
import { savedReplyReducer } from './slices/savedReplySlice';
import { searchReducer } from './slices/searchSlice';
import { sessionReducer } from './slices/sessionSlice';
import { accountSuspended, suspensionReducer } from './slices/suspensionSlice';
import { inboxReducer } from './slices/inboxSlice';
import { threadReducer } from './slices/threadSlice';

const rootReducer = combineReducers({
  auth: authReducer,
  properties: propertyReducer,
  bookings: bookingReducer,
  session: sessionReducer,
  suspension: suspensionReducer,
  accountData: accountDataReducer,
  search: searchReducer,
  detail: detailReducer,
  bookingView: bookingViewReducer,
  arrival: arrivalReducer,
  changeView: changeViewReducer,
  checkout: checkoutReducer,
  favoriteView: favoriteViewReducer,
  preferences: preferenceReducer,
  planner: plannerReducer,
  notifications: notificationReducer,
  notificationSettings: notificationSettingsReducer,
  messages: messageReducer,
  inbox: inboxReducer,
  thread: threadReducer,
  savedReplies: savedReplyReducer,
  hosting: hostingReducer,
  availability: availabilityReducer,
  calendars: calendarReducer,
  analytics: analyticsReducer,
  accountSessions: accountSessionReducer,
  passkeys: passkeyReducer,
  secondFactor: secondFactorReducer,
  server: serverApi.reducer,
});

export type RootState = ReturnType<typeof rootReducer>;

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
    reducer: rootReducer,
    middleware: (defaults) => {
      const chain = defaults({ thunk: { extraArgument: { api } } }).concat(serverApi.middleware, apiMiddleware);
      return import.meta.env.MODE === 'development' ? chain.concat(logger) : chain;
    },
  });
  return { ...store, renew };
}

export type AppStore = ReturnType<typeof makeStore>;
export type AppDispatch = AppStore['dispatch'];
