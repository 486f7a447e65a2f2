import { createSlice } from '@reduxjs/toolkit';
import type { Availability, NightChange, Span } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import type { Day } from '../../lib/dates';
import { kindOf, type NightsByDay } from '../../lib/nightKinds';
import { nightsOfSpans, spansOf } from '../../lib/spans';
import { apiThunk } from '../apiThunk';
import { addReducer } from '../lazyReducers';
import type { RootState } from '../store';
import { isSessionEnd } from './authSlice';

export interface AvailabilityState {
  listingId: string | null;
  nights: NightsByDay;
  loading: boolean;
  error: ApiProblem | null;
  saving: boolean;
  saveError: ApiProblem | null;
  /** What would take the last change back. */
  undo: NightChange | null;
}

const initialState: AvailabilityState = {
  listingId: null,
  nights: {},
  loading: false,
  error: null,
  saving: false,
  saveError: null,
  undo: null,
};

interface Asked {
  listingId: string;
  from: Day;
  to: Day;
}

export const fetchNights = apiThunk<Availability, Asked>('availability/fetch', async ({ listingId, ...params }, { api, signal }) => {
  const { data } = await api.get(`/owner/availability/${listingId}`, { params, signal });
  return data;
});

export const changeNights = apiThunk<Availability, { listingId: string; change: NightChange }>(
  'availability/change',
  async ({ listingId, change }, { api }) => {
    const { data } = await api.put(`/owner/availability/${listingId}`, change);
    return data;
  },
);

/** The other way round, for those nights only that the change really turns. */
function inverse(nights: NightsByDay, change: NightChange): NightChange {
  const turned = (spans: Span[], kind: string) => spansOf(nightsOfSpans(spans).filter((night) => kindOf(nights, night) === kind));
  return { block: turned(change.free, 'block'), free: turned(change.block, 'free') };
}

function learn(state: AvailabilityState, { from, to, nights }: Availability) {
  const kept = Object.entries(state.nights).filter(([night]) => night < from || night >= to);
  state.nights = Object.fromEntries([...kept, ...nights.map((night) => [night.night, night] as const)]);
}

const slice = createSlice({
  name: 'availability',
  initialState,
  reducers: {
    refusalSeen(state) {
      state.saveError = null;
    },
  },
  extraReducers: (builder) => {
    builder
      .addCase(fetchNights.pending, (state, { meta }) => {
        const known = state.listingId === meta.arg.listingId ? state : initialState;
        return { ...known, listingId: meta.arg.listingId, loading: true, error: null };
      })
      .addCase(fetchNights.fulfilled, (state, { meta, payload }) => {
        if (meta.arg.listingId !== state.listingId) return;
        state.loading = false;
        learn(state, payload);
      })
      .addCase(fetchNights.rejected, (state, { meta, payload }) => {
        if (meta.aborted) return;
        state.loading = false;
        state.error = payload ?? null;
      })
      .addCase(changeNights.pending, (state) => {
        state.saving = true;
        state.saveError = null;
      })
      .addCase(changeNights.fulfilled, (state, { meta, payload }) => {
        state.saving = false;
        if (meta.arg.listingId !== state.listingId) return;
        const undo = inverse(state.nights, meta.arg.change);
        state.undo = undo.block.length + undo.free.length > 0 ? undo : null;
        learn(state, payload);
      })
      .addCase(changeNights.rejected, (state, { payload }) => {
        state.saving = false;
        state.saveError = payload ?? null;
      })
      .addMatcher(isSessionEnd, () => initialState);
  },
});

export const { refusalSeen } = slice.actions;
addReducer('availability', slice.reducer);
export const selectAvailability = (state: RootState) => state.availability;
