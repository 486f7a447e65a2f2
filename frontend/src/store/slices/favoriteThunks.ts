import type { ApiClient } from '../../api/client';
import type { Favorite } from '../../api/wire';
import { apiThunk } from '../apiThunk';

const PER_PAGE = 100;
const MOST_PAGES = 10;

async function allFavorites(api: ApiClient, signal: AbortSignal) {
  const all: Favorite[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await api.get('/traveler/favorites', { params: { page, per_page: PER_PAGE }, signal });
    all.push(...data.results);
    if (!data.pagination.has_next) break;
  }
  return all;
}

/** All of them, because every card of the application shows whether it is one. Asks again where a heart was pressed meanwhile. */
export const fetchFavorites = apiThunk<Favorite[]>('favorites/fetch', async (_, { api, getState, signal }) => {
  for (;;) {
    const { changes } = getState().favoriteView;
    const all = await allFavorites(api, signal);
    if (getState().favoriteView.changes === changes) return all;
  }
});

export const addFavorite = apiThunk<string, Favorite>(
  'favorites/add',
  async ({ id }, { api }) => {
    await api.post('/traveler/favorites', { listing_id: id });
    return id;
  },
  { announce: true },
);

/** One that is gone already counts as removed. */
export const removeFavorite = apiThunk<string, Favorite>(
  'favorites/remove',
  async ({ id }, { api }) => {
    await api.delete(`/traveler/favorites/${id}`, { validateStatus: (status) => status < 300 || status === 404 });
    return id;
  },
  { announce: true },
);
