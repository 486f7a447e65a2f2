import { reading, serverApi } from '../../../api/serverApi';
import type { AmenityKind, FoundPage, PlaceSuggestion, SearchQuery } from '../../../api/wire';

const KEPT_SECONDS = 300;

export const searchApi = serverApi.injectEndpoints({
  endpoints: (build) => ({
    /** Which places a text may mean, the likeliest first. */
    suggestPlaces: build.query<PlaceSuggestion[], string>({
      keepUnusedDataFor: KEPT_SECONDS,
      queryFn: reading(async (q, { api, signal }) => (await api.get('/properties/places', { params: { q }, signal })).data.suggestions),
    }),
    /** The amenities that a search can ask for. */
    amenityKinds: build.query<AmenityKind[], null>({
      keepUnusedDataFor: KEPT_SECONDS,
      queryFn: reading(async (_, { api, signal }) => (await api.get('/properties/amenities', { signal })).data.known),
    }),
    /** How many a search finds, and what they have in common. */
    countFound: build.query<FoundPage, SearchQuery>({
      queryFn: reading(async (query, { api, signal }) => {
        const { data } = await api.get('/properties/search', { params: { ...query, facets: true, per_page: 1 }, signal });
        return data;
      }),
    }),
  }),
});

export const { useSuggestPlacesQuery, useAmenityKindsQuery, useCountFoundQuery } = searchApi;
