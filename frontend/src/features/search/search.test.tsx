import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { fill } from '../../test/fill';
import { renderApp } from '../../test/renderApp';
import { addressOf, counts, searches, startSearching } from '../../test/searching';

vi.mock('../../components/Map/ListingMap', () => ({ default: () => null }));
beforeEach(startSearching);

test('Enter takes the best match of what was typed, and says so', async () => {
  const { router } = renderApp('/');
  const where = await screen.findByRole('combobox', { name: 'Where' });
  fill(where, 'lisboa');
  await userEvent.type(where, '{Enter}');
  expect(await screen.findByText('We took “lisboa” as Lisbon, Portugal.')).toBeVisible();
  expect(addressOf(router)).toEqual({ place: 'Lisbon, Portugal', place_id: '2267057' });
  expect(searches).toEqual(['?place=2267057&page=1&per_page=20']);
  expect(await screen.findByRole('heading', { name: '60 places in Lisbon, Portugal' })).toBeVisible();
});

test('a suggestion is walked to with the arrows and chosen with Enter', async () => {
  renderApp('/');
  const where = await screen.findByRole('combobox', { name: 'Where' });
  fill(where, 'lis');
  await screen.findByRole('option', { name: 'Lisbon, Portugal' });
  await userEvent.type(where, '{ArrowDown}{Enter}');
  expect(where).toHaveValue('Lisbon, Portugal');
  expect(searches).toEqual([]);
  await userEvent.type(where, '{Enter}');
  await waitFor(() => expect(searches).toEqual(['?place=2267057&page=1&per_page=20']));
  expect(screen.queryByText(/^We took/)).toBeNull();
});

test('a link that names a place in another language says which one it is', async () => {
  renderApp('/?place=Lisboa');
  expect(await screen.findByText('We took “Lisboa” as Lisbon, Portugal.')).toBeVisible();
  expect(searches).toEqual(['?location=Lisboa&page=1&per_page=20']);
});

test('who comes is counted by kinds', async () => {
  const { router } = renderApp('/');
  fireEvent.click(await screen.findByRole('button', { name: 'Guests: any number' }));
  fireEvent.click(screen.getByRole('button', { name: 'More children' }));
  fireEvent.click(screen.getByRole('button', { name: 'More pets' }));
  fireEvent.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(searches).toEqual(['?guests=2&adults=1&children=1&pets=1&page=1&per_page=20']));
  expect(addressOf(router)).toEqual({ guests: '2', children: '1', pets: '1' });
});

test('any weekend of a month can be asked for', async () => {
  renderApp('/');
  fireEvent.click(await screen.findByRole('button', { name: 'Dates: Any dates' }));
  fireEvent.click(screen.getByRole('radio', { name: 'I am flexible' }));
  const month = screen.getAllByRole('checkbox')[1];
  fireEvent.click(month as HTMLElement);
  fireEvent.click(screen.getByRole('button', { name: 'Done' }));
  fireEvent.click(screen.getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(searches).toHaveLength(1));
  expect(searches[0]).toMatch(/^\?flexible=weekend&months=\d{4}-\d{2}&page=1&per_page=20$/);
});

test('filters are a draft with counts until they are applied, then chips that go one by one', async () => {
  const { router } = renderApp('/?guests=2');
  fireEvent.click(await screen.findByRole('button', { name: 'Filters' }));
  const dialog = await screen.findByRole('dialog', { name: 'Filters' });
  expect(await within(dialog).findByRole('checkbox', { name: 'Pool 12' })).not.toBeChecked();
  expect(within(dialog).getByRole('radio', { name: 'House (30)' })).not.toBeChecked();
  expect(within(dialog).getByRole('checkbox', { name: 'Free cancellation 9' })).not.toBeChecked();
  expect(within(dialog).getByRole('img', { name: /^Prices from SGD.50 to SGD.72$/ })).toBeVisible();
  fill(within(dialog).getByLabelText('Price up to'), '150');
  fireEvent.click(within(dialog).getByRole('checkbox', { name: 'Pool 12' }));
  fireEvent.click(within(dialog).getByRole('checkbox', { name: 'Instant booking 6' }));
  fireEvent.click(within(dialog).getByRole('button', { name: 'More bedrooms' }));
  await waitFor(() => expect(counts).toContain('?max_price=150&amenities=Pool&guests=2&currency=SGD&bedrooms=1&instant_book=true&facets=true&per_page=1'));
  expect(searches).toHaveLength(1);
  fireEvent.click(await within(dialog).findByRole('button', { name: 'Show 60 places' }));

  const chips = await screen.findByRole('list', { name: 'Active filters' });
  expect(within(chips).getAllByRole('button').map((chip) => chip.textContent?.trim().replace(/\s/g, ' '))).toEqual(['up to SGD 150 a night', '1+ bedroom', 'Instant booking', 'Pool', 'Clear filters']);
  fireEvent.click(within(chips).getByRole('button', { name: /^Remove filter: up to/ }));
  expect(addressOf(router)).toEqual({ guests: '2', bedrooms: '1', amenities: 'Pool', instant_book: 'true' });
  fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(addressOf(router)).toEqual({ guests: '2' });
});

test('a closed dialog changes nothing, and a price range that crosses itself is not applied', async () => {
  const { router } = renderApp('/?guests=2');
  fireEvent.click(await screen.findByRole('button', { name: 'Filters' }));
  fill(await screen.findByLabelText('Price from'), '90');
  fill(screen.getByLabelText('Price up to'), '50');
  expect(screen.getByRole('alert')).toHaveTextContent('The upper amount is below the lower one.');
  expect(screen.getByRole('button', { name: /^Show .*places$/ })).toBeDisabled();
  fireEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(addressOf(router)).toEqual({ guests: '2' });
});

test('the order is chosen, and nearest only where there is a middle', async () => {
  const { router } = renderApp('/?guests=2');
  const sort = await screen.findByLabelText('Sort by');
  expect(within(sort).queryByRole('option', { name: 'Nearest' })).toBeNull();
  await userEvent.selectOptions(sort, 'Best rated');
  await waitFor(() => expect(searches.at(-1)).toBe('?guests=2&sort=rating&page=1&per_page=20'));
  await router.navigate('/?bbox=103,1,104,2');
  expect(await within(await screen.findByLabelText('Sort by')).findByRole('option', { name: 'Nearest' })).toBeVisible();
});
