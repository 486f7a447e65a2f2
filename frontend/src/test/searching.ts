import { HttpResponse } from 'msw';
import type { Facets, FoundPage, PlaceSuggestion } from '../api/wire';
import { listing } from './fixtures';
import { http } from './http';
import type { renderApp } from './renderApp';
import { foundPage, server } from './server';

const lisbon: PlaceSuggestion = { id: '2267057', name: 'Lisbon', kind: 'city', label: 'Lisbon, Portugal', country: 'Portugal', center: [-9.14, 38.72], bbox: [-9.3, 38.6, -9, 38.9] };
const facets: Facets = {
  amenities: [{ value: 'pool', count: 12 }, { value: 'self_check_in', count: 7 }],
  property_types: [{ value: 'house', count: 30 }],
  policies: [{ value: 'flexible', count: 4 }, { value: 'moderate', count: 5 }, { value: 'strict', count: 9 }],
  instant_book: 6,
  prices: [{ least: 50, most: 60, count: 3 }, { least: 60, most: 72, count: 9 }],
  currency: 'SGD',
  clusters: [],
  summed_capped: false,
};
/** What was asked: searches for the list, and those for counts. */
export const searches: string[] = [];
export const counts: string[] = [];

export function answer(found: (query: URLSearchParams) => FoundPage) {
  server.use(
    http.get('*/api/properties/search', ({ request }) => {
      const { search, searchParams } = new URL(request.url);
      (searchParams.has('facets') ? counts : searches).push(decodeURIComponent(search));
      return HttpResponse.json({ ...found(searchParams), ...(searchParams.has('facets') ? { facets } : {}) });
    }),
  );
}

/** Before each test: Lisbon is known, and there is one home. */
export function startSearching() {
  searches.length = 0;
  counts.length = 0;
  server.use(
    http.get('*/api/properties', () => HttpResponse.json(foundPage([listing]))),
    http.get('*/api/properties/places', ({ request }) => {
      const q = new URL(request.url).searchParams.get('q')?.toLowerCase() ?? '';
      return HttpResponse.json({ places: [], suggestions: q.startsWith('lis') ? [lisbon] : [] });
    }),
    http.get('*/api/properties/amenities', () => HttpResponse.json({ amenities: [], known: [{ id: 'pool', name: 'Pool', group: 'outdoors' }, { id: 'step_free_access', name: 'Step-free access', group: 'accessibility' }] })),
  );
  answer(() => foundPage([listing], { total: 60 }));
}

export const addressOf = (router: ReturnType<typeof renderApp>['router']) => Object.fromEntries(new URLSearchParams(router.state.location.search));
