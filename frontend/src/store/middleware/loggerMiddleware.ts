import { isAction, type Middleware } from '@reduxjs/toolkit';

const SECRET = /password|token/i;

const redact = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null, (key, inner: unknown) => (SECRET.test(key) ? '[hidden]' : inner)));

/** For development: every action with its payload, never a password or a token. */
export const createLoggerMiddleware =
  (write: (label: string, detail: unknown) => void): Middleware =>
  () =>
  (next) =>
  (action) => {
    if (isAction(action)) write(action.type, redact('payload' in action ? action.payload : null));
    return next(action);
  };
