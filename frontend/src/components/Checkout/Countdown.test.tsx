import { act, render, screen } from '@testing-library/react';
import { Provider } from 'react-redux';
import { expect, test, vi } from 'vitest';
import { useSecondsLeft } from '../../hooks/useSecondsLeft';
import { formatCountdown } from '../../lib/countdown';
import { fetchHolds } from '../../store/slices/checkoutThunks';
import { makeStore } from '../../store/store';
import { Countdown } from './Countdown';

const Running = ({ until }: { until: string }) => <Countdown seconds={useSecondsLeft(until)} />;

function run(until: string, clockAhead = 0) {
  vi.useFakeTimers({ now: new Date('2026-11-22T08:00:00Z'), toFake: ['Date', 'setInterval', 'clearInterval'] });
  const store = makeStore();
  store.dispatch(fetchHolds.fulfilled({ holds: [], clockAhead }, 'asked'));
  render(
    <Provider store={store}>
      <Running until={until} />
    </Provider>,
  );
  return (seconds: number) => act(() => vi.advanceTimersByTime(seconds * 1000));
}

test('it is seen by the second and heard by the minute', () => {
  const pass = run('2026-11-22T08:02:05Z');
  const timer = screen.getByRole('timer');
  expect(timer).toHaveTextContent('2:053 minutes left.');
  pass(4);
  expect(timer).toHaveTextContent('2:013 minutes left.');
  expect(timer).toHaveClass('bg-apricot-100');
  pass(61);
  expect(timer).toHaveTextContent('1:00Less than a minute left.');
  expect(timer).toHaveClass('bg-rose-600');
  pass(90);
  expect(timer).toHaveTextContent('0:00Time is up.');
});

test('the clock of the API counts, not this one', () => {
  run('2026-11-22T08:02:00Z', 60_000);
  expect(screen.getByRole('timer')).toHaveTextContent('1:00');
});

test.each([
  [0, '0:00'],
  [59, '0:59'],
  [61, '1:01'],
  [900, '15:00'],
])('%i seconds are %s', (seconds, text) => {
  expect(formatCountdown(seconds)).toBe(text);
});
