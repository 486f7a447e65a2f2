import { reading, serverApi } from '../../../api/serverApi';
import type { AmenityKind, FoundPage, PlaceSuggestion, SearchQuery } from '../../../api/wire';

const KEPT_SECONDS = 300;
const MOST_CARDS = 100;

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
    /** The best known cities of a part of the map. */
    namedPlaces: build.query<PlaceSuggestion[], string>({
      keepUnusedDataFor: KEPT_SECONDS,
      queryFn: reading(async (bbox, { api, signal }) => (await api.get('/properties/places', { params: { bbox }, signal })).data.suggestions),
    }),
    /** All of a part of the map: their cards, or where there are more than a page has, how many in which square. */
    mapFound: build.query<FoundPage, SearchQuery>({
      queryFn: reading(async (query, { api, signal }) => {
        const { data } = await api.get('/properties/search', { params: { ...query, facets: true, per_page: MOST_CARDS }, signal });
        return data;
      }),
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

export const { useSuggestPlacesQuery, useAmenityKindsQuery, useNamedPlacesQuery, useMapFoundQuery, useCountFoundQuery } = searchApi;
