import { useState } from 'react';
import type { ApiProblem } from '../api/problem';
import type { OwnListing } from '../api/wire';
import { bodyOf, changedNames, changesOf, draftNames, draftOf, newDraft, rebase, type DraftName, type ListingDraft } from '../lib/listingDraft';
import { draftProblems, fieldsOfApi } from '../lib/listingRules';
import { useAppDispatch } from '../store/hooks';
import { createListing, fetchOwnListing, updateListing } from '../store/slices/hostingThunks';

type Errors = Partial<Record<DraftName, string[]>>;

/** The draft of a listing, apart from the version it began with, until it is saved. */
export function useListingForm(listing: OwnListing | null) {
  const dispatch = useAppDispatch();
  const [base, setBase] = useState<ListingDraft>(() => (listing ? draftOf(listing) : newDraft()));
  const [version, setVersion] = useState(listing?.version ?? 0);
  const [draft, setDraft] = useState(base);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [newer, setNewer] = useState<OwnListing | null>(null);
  const [saving, setSaving] = useState(false);
  const dirty = changedNames(base, draft).length > 0;

  const change = (patch: Partial<ListingDraft>) => {
    const touched = 'lng' in patch ? [...Object.keys(patch), 'lat'] : Object.keys(patch);
    setDraft((known) => ({ ...known, ...patch }));
    setErrors((known) => Object.fromEntries(Object.entries(known).filter(([name]) => !touched.includes(name))));
  };

  const refused = async (failure: ApiProblem | null) => {
    if (failure?.code === 'STALE_VERSION' && listing) {
      const answer = await dispatch(fetchOwnListing(listing.id));
      return fetchOwnListing.fulfilled.match(answer) ? setNewer(answer.payload) : setProblem(answer.payload ?? failure);
    }
    const beside = fieldsOfApi(failure?.fields ?? {}, draftNames);
    setErrors(beside);
    setProblem(Object.keys(beside).length > 0 ? null : failure);
  };

  /** The saved listing, or null where something is in the way and the form now says what. */
  const save = async (): Promise<OwnListing | null> => {
    const found = draftProblems(draft);
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) return null;
    setSaving(true);
    const answer = listing
      ? await dispatch(updateListing({ id: listing.id, version, body: changesOf(base, draft) }))
      : await dispatch(createListing(bodyOf(draft)));
    if (answer.meta.requestStatus === 'rejected') await refused((answer.payload as ApiProblem | undefined) ?? null);
    setSaving(false);
    if (answer.meta.requestStatus === 'rejected') return null;
    const saved = answer.payload as OwnListing;
    setBase(draftOf(saved));
    setDraft(draftOf(saved));
    setVersion(saved.version);
    return saved;
  };

  /** Goes on from the newer version, with or without what was typed here. */
  const settle = (keep: boolean) => {
    if (!newer) return;
    const theirs = draftOf(newer);
    setDraft(keep ? rebase(base, draft, theirs) : theirs);
    setBase(theirs);
    setVersion(newer.version);
    setNewer(null);
    setErrors({});
  };

  return { base, draft, change, errors, problem, newer, settle, saving, dirty, save };
}
