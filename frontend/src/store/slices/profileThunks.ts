import { isAnyOf } from '@reduxjs/toolkit';
import type { ProfileChanges, User } from '../../api/wire';
import { apiThunk } from '../apiThunk';
import type { RootState } from '../store';

const profilePath = (state: RootState) => `/${state.auth.user?.user_type ?? 'traveler'}/profile` as const;

export const fetchProfile = apiThunk<User>('profile/fetch', async (_, { api, state, signal }) => {
  const { data } = await api.get(profilePath(state), { signal });
  return data;
});

export const saveProfile = apiThunk<User, ProfileChanges>('profile/save', async (changes, { api, state }) => {
  const { data } = await api.put(profilePath(state), changes);
  return data;
});

export const uploadPicture = apiThunk<User, File>('profile/uploadPicture', async (image, { api, state }) => {
  const form = new FormData();
  form.append('image', image);
  const { data } = await api.post(`${profilePath(state)}/picture`, form);
  return data;
});

export const removePicture = apiThunk<User>('profile/removePicture', async (_, { api, state }) => {
  const { data } = await api.delete(`${profilePath(state)}/picture`);
  return data;
});

export const isProfileChange = isAnyOf(fetchProfile.fulfilled, saveProfile.fulfilled, uploadPicture.fulfilled, removePicture.fulfilled);
