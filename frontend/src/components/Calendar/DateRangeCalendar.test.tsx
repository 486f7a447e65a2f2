import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import type { Stay, StayRules } from '../../lib/stay';
import { DateRangeCalendar } from './DateRangeCalendar';

const rules: StayRules = { firstDay: '2026-11-22', taken: new Set(['2026-11-26']), minNights: 1, maxNights: null };

function setup(first: Stay = { checkIn: null, checkOut: null }, changed = vi.fn()) {
  function Host() {
    const [stay, setStay] = useState(first);
    const change = (next: Stay) => {
      changed(next);
      setStay(next);
    };
    return <DateRangeCalendar rules={rules} stay={stay} onChange={change} />;
  }
  render(<Host />);
  return { changed, user: userEvent.setup() };
}

const day = (name: RegExp) => screen.getByRole('button', { name });

test('two months stand side by side, with names for each day', () => {
  setup();
  expect(screen.getAllByRole('grid').map((grid) => grid.getAttribute('aria-label'))).toEqual(['November 2026', 'December 2026']);
  expect(day(/November 21, 2026/)).toHaveAccessibleName('Saturday, November 21, 2026, unavailable');
  expect(day(/November 26, 2026/)).toHaveAttribute('aria-disabled', 'true');
  expect(day(/November 27, 2026/)).toHaveAttribute('aria-disabled', 'false');
});

test('two clicks make a stay', async () => {
  const { user, changed } = setup();
  await user.click(day(/November 28, 2026/));
  expect(screen.getByText('From Nov 28: choose your check-out day.')).toBeVisible();
  await user.click(day(/December 2, 2026/));
  expect(changed.mock.calls).toEqual([[{ checkIn: '2026-11-28', checkOut: null }], [{ checkIn: '2026-11-28', checkOut: '2026-12-02' }]]);
  expect(screen.getByText('Nov 28 – Dec 2, 2026, 4 nights.')).toBeVisible();
  expect(day(/November 28, 2026/)).toHaveAccessibleName('Saturday, November 28, 2026, check-in');
});

test('a taken day does nothing as a start', async () => {
  const { user, changed } = setup();
  await user.click(day(/November 26, 2026/));
  expect(changed).not.toHaveBeenCalled();
});

test('the keyboard alone makes a stay, over the end of the month', async () => {
  const { user, changed } = setup({ checkIn: '2026-11-28', checkOut: null });
  day(/November 28, 2026/).focus();
  await user.keyboard('{ArrowDown}');
  expect(day(/December 5, 2026/)).toHaveFocus();
  await user.keyboard('{ArrowLeft}{Enter}');
  expect(changed.mock.calls).toEqual([[{ checkIn: '2026-11-28', checkOut: '2026-12-04' }]]);
});

test('page down turns the months and keeps the focus on the day', async () => {
  const { user } = setup({ checkIn: '2026-11-28', checkOut: null });
  day(/November 28, 2026/).focus();
  await user.keyboard('{PageDown}{PageDown}');
  expect(day(/January 28, 2027/)).toHaveFocus();
  expect(screen.getAllByRole('grid').map((grid) => grid.getAttribute('aria-label'))).toEqual(['December 2026', 'January 2027']);
  await user.keyboard('{Home}');
  expect(day(/January 25, 2027/)).toHaveFocus();
});

test('the keyboard stops at the first day', async () => {
  const { user } = setup();
  day(/November 22, 2026/).focus();
  await user.keyboard('{ArrowLeft}{ArrowUp}{PageUp}');
  expect(day(/November 22, 2026/)).toHaveFocus();
  expect(screen.getByRole('button', { name: 'Previous month' })).toBeDisabled();
});

test('one day only is in the tab order', () => {
  setup();
  const tabbable = screen.getAllByRole('gridcell').flatMap((cell) => [...cell.querySelectorAll('button[tabindex="0"]')]);
  expect(tabbable.map((button) => button.getAttribute('data-day'))).toEqual(['2026-11-22']);
});
