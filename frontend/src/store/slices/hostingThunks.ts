import type { ListingChanges, NewListing, OwnCard, OwnListing, PageOf, Photos, Rank } from '../../api/wire';
import { apiThunk } from '../apiThunk';

export const OWN_LISTINGS_PER_PAGE = 10;
const OPTIONS_PER_PAGE = 100;
const MOST_OPTION_PAGES = 10;
const UPLOAD_TIMEOUT_MS = 120_000;

export type ListingState = 'active' | 'inactive';
export interface ListingOption {
  id: string;
  title: string;
}

export const fetchOwnListings = apiThunk<PageOf<OwnCard>, { status: ListingState; page: number }>(
  'hosting/list',
  async ({ status, page }, { api, signal }) => {
    const params = { status, page, per_page: OWN_LISTINGS_PER_PAGE };
    const { data } = await api.get('/owner/listings', { params, signal });
    return data;
  },
);

/** The titles of all own listings, for a choice among them. */
export const fetchListingOptions = apiThunk<ListingOption[]>('hosting/options', async (_, { api, signal }) => {
  const options: ListingOption[] = [];
  for (let page = 1; page <= MOST_OPTION_PAGES; page += 1) {
    const { data } = await api.get('/owner/listings', { params: { page, per_page: OPTIONS_PER_PAGE }, signal });
    options.push(...data.results.map(({ id, title }) => ({ id, title })));
    if (!data.pagination.has_next) break;
  }
  return options.sort((one, other) => one.title.localeCompare(other.title));
});

export const fetchOwnListing = apiThunk<OwnListing, string>('hosting/one', async (id, { api, signal }) => {
  const { data } = await api.get(`/owner/listings/${id}`, { signal });
  return data;
});

/** Why the listing stands where it stands in searches. */
export const fetchListingRank = apiThunk<Rank, string>('hosting/rank', async (id, { api, signal }) => {
  const { data } = await api.get(`/owner/listings/${id}/rank`, { signal });
  return data;
});

export const createListing = apiThunk<OwnListing, NewListing>('hosting/create', async (body, { api }) => {
  const { data } = await api.post('/properties', body);
  return data;
});

interface Update {
  id: string;
  version: number;
  body: Omit<ListingChanges, 'version'>;
}

export const updateListing = apiThunk<OwnListing, Update>('hosting/update', async ({ id, version, body }, { api }) => {
  const { data } = await api.put(`/properties/${id}`, { ...body, version });
  return data;
});

export const deleteListing = apiThunk<string, { id: string; version: number }>('hosting/delete', async ({ id, version }, { api }) => {
  await api.delete(`/properties/${id}`, { params: { version } });
  return id;
});

interface Upload {
  listingId: string;
  file: File;
  onProgress: (share: number) => void;
}

export const uploadPhoto = apiThunk<Photos, Upload>('hosting/upload', async ({ listingId, file, onProgress }, { api }) => {
  const form = new FormData();
  form.append('image', file, file.name);
  const { data } = await api.post(`/properties/${listingId}/images`, form, {
    timeout: UPLOAD_TIMEOUT_MS,
    onUploadProgress: ({ progress }) => onProgress(progress ?? 0),
  });
  return data;
});

/** Sends the order that is shown when the call starts, so that calls in a row each build on the one before. */
export const saveOrder = apiThunk<Photos, { listingId: string }>(
  'hosting/order',
  async ({ listingId }, { api, state }) => {
    if (!state.hosting.selected) throw new Error('No listing is open');
    const { images, version } = state.hosting.selected;
    const { data } = await api.put(`/properties/${listingId}/images`, { images, version });
    return data;
  },
);

export const removePhoto = apiThunk<Photos, { listingId: string; image: string }>(
  'hosting/removePhoto',
  async ({ listingId, image }, { api }) => {
    const { data } = await api.delete(`/properties/${listingId}/images`, { params: { image } });
    return data;
  },
);
