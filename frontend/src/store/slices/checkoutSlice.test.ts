import { expect, test } from 'vitest';
import { hold } from '../../test/fixtures';
import { makeStore } from '../store';
import { fetchHolds, placeHold, releaseHold } from './checkoutThunks';

const mine = hold();
const list = (...holds: (typeof mine)[]) => ({ holds, clockAhead: 0 });
const placed = () => placeHold.fulfilled({ hold: mine, clockAhead: 0 }, 'placed', { body: { listing_id: mine.listing_id, check_in: mine.check_in, check_out: mine.check_out, guest_count: 2 }, key: 'k' });

test('a list that was asked for before a hold was placed or released does not undo that', () => {
  const store = makeStore();
  store.dispatch(fetchHolds.pending('early'));
  store.dispatch(placed());
  store.dispatch(fetchHolds.fulfilled(list(), 'early'));
  expect(store.getState().checkout.holds).toEqual([mine]);
  store.dispatch(fetchHolds.pending('late'));
  store.dispatch(releaseHold.fulfilled(mine.id, 'released', mine.id));
  store.dispatch(fetchHolds.fulfilled(list(mine), 'late'));
  expect(store.getState().checkout.holds).toEqual([]);
});

test('a list that was asked for afterwards counts', () => {
  const store = makeStore();
  store.dispatch(placed());
  store.dispatch(fetchHolds.pending('late'));
  store.dispatch(fetchHolds.fulfilled(list(), 'late'));
  expect(store.getState().checkout.holds).toEqual([]);
});
