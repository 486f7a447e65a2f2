import { expect, test, vi } from 'vitest';
import { session } from '../test/fixtures';
import { keepSession } from './session';
import { loggedOut, sessionRestored } from './slices/authSlice';
import { makeStore } from './store';

const KEY = 'staywell.session';
const NOW = new Date('2026-11-22T08:00:00Z');

test('a login outlives a reload', () => {
  const before = makeStore();
  const stop = keepSession(before);
  before.dispatch(sessionRestored(session()));
  stop();
  const after = makeStore();
  keepSession(after)();
  expect(after.getState().auth).toMatchObject({ token: 'jwt-1', isAuthenticated: true, user: { username: 'tina' } });
});

test('a login that ran out is not restored', () => {
  vi.useFakeTimers({ now: NOW });
  localStorage.setItem(KEY, JSON.stringify(session('2026-11-22T07:59:59Z')));
  const store = makeStore();
  keepSession(store)();
  expect(store.getState().auth.isAuthenticated).toBe(false);
  expect(localStorage.getItem(KEY)).toBeNull();
});

test('a login ends by itself at its time', () => {
  vi.useFakeTimers({ now: NOW });
  const store = makeStore();
  keepSession(store);
  store.dispatch(sessionRestored(session('2026-11-22T08:01:00Z')));
  vi.advanceTimersByTime(59_999);
  expect(store.getState().auth.isAuthenticated).toBe(true);
  vi.advanceTimersByTime(1);
  expect(store.getState().auth.isAuthenticated).toBe(false);
  expect(localStorage.getItem(KEY)).toBeNull();
});

test('logging out empties the storage', () => {
  const store = makeStore();
  const stop = keepSession(store);
  store.dispatch(sessionRestored(session()));
  expect(JSON.parse(localStorage.getItem(KEY) ?? 'null')).toEqual(session());
  store.dispatch(loggedOut());
  expect(localStorage.getItem(KEY)).toBeNull();
  stop();
});

test('a broken storage is no login and no crash', () => {
  localStorage.setItem(KEY, '{');
  const store = makeStore();
  keepSession(store)();
  expect(store.getState().auth.isAuthenticated).toBe(false);
});
