import { useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { Pace, Place, TripRequest } from '../api/wire';
import { fieldErrors } from '../lib/fieldErrors';
import { findPlace } from '../lib/filters';
import type { Stay } from '../lib/stay';
import { useAppDispatch } from '../store/hooks';
import { planTrip } from '../store/slices/plannerSlice';

export interface TripDraft extends Stay {
  destination: string;
  guests: number;
  budget: string;
  currency: string;
  interests: string[];
  pace: Pace;
}

const shown = ['destination', 'start_date', 'end_date', 'guests', 'budget', 'currency', 'interests', 'pace'];

function toRequest(draft: TripDraft, places: Place[]): TripRequest | null {
  const { checkIn, checkOut } = draft;
  const destination = draft.destination.trim();
  if (!destination || !checkIn || !checkOut) return null;
  const budget = Number(draft.budget);
  return {
    destination: findPlace(places, destination)?.city ?? destination,
    start_date: checkIn,
    end_date: checkOut,
    guests: draft.guests,
    interests: draft.interests,
    pace: draft.pace,
    ...(budget > 0 && { budget, currency: draft.currency }),
  };
}

export function useTripForm(places: Place[], first: TripDraft, onPlanned: (id: string) => void) {
  const dispatch = useAppDispatch();
  const [draft, setDraft] = useState(first);
  const [planning, setPlanning] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const request = toRequest(draft, places);
  const change = (patch: Partial<TripDraft>) => setDraft((known) => ({ ...known, ...patch }));

  const send = async () => {
    if (!request) return;
    setPlanning(true);
    setProblem(null);
    const answer = await dispatch(planTrip(request));
    setPlanning(false);
    if (planTrip.fulfilled.match(answer)) return onPlanned(answer.payload.id);
    setProblem(answer.payload ?? null);
  };

  const named = problem?.code === 'UNKNOWN_DESTINATION' ? { ...problem, fields: { destination: [problem.message] } } : problem;
  return { draft, change, send, planning, ready: request !== null, ...fieldErrors(named, shown) };
}
