import { combineReducers, configureStore } from '@reduxjs/toolkit';
import { createClient } from '../api/client';
import { apiMiddleware } from './middleware/apiMiddleware';
import { createLoggerMiddleware } from './middleware/loggerMiddleware';
import { authReducer } from './slices/authSlice';
import { bookingReducer } from './slices/bookingSlice';
import { messageReducer } from './slices/messageSlice';
import { notificationReducer } from './slices/notificationSlice';
import { propertyReducer } from './slices/propertySlice';

const rootReducer = combineReducers({
  auth: authReducer,
  properties: propertyReducer,
  bookings: bookingReducer,
  notifications: notificationReducer,
  messages: messageReducer,
});

export type RootState = ReturnType<typeof rootReducer>;

// eslint-disable-next-line no-console
const logger = createLoggerMiddleware((label, detail) => console.debug(label, detail));

export function makeStore() {
  const api = createClient(() => store.getState().auth.token);
  const store = configureStore({
    reducer: rootReducer,
    middleware: (defaults) => {
      const chain = defaults({ thunk: { extraArgument: { api } } }).concat(apiMiddleware);
      return import.meta.env.MODE === 'development' ? chain.concat(logger) : chain;
    },
  });
  return store;
}

export type AppStore = ReturnType<typeof makeStore>;
export type AppDispatch = AppStore['dispatch'];
