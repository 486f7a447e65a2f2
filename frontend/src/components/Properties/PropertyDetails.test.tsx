import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { listing } from '../../test/fixtures';
import { PropertyDetails } from './PropertyDetails';

test.each([
  [null, 'Check-in from 3:00 PM'],
  ['22:00', 'Check-in from 3:00 PM to 10:00 PM'],
])('guests read until when they can check in: %s', (check_in_until, sentence) => {
  render(<PropertyDetails listing={{ ...listing, check_in_time: '15:00', check_in_until }} />);
  expect(screen.getByText(sentence)).toBeVisible();
});
