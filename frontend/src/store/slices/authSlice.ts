import { createSlice, isAnyOf, type PayloadAction } from '@reduxjs/toolkit';
import type { Credentials, Registration, Session, User, UserType } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import type { RootState } from '../store';
import { addRole } from './accountThunks';
import { isProfileChange } from './profileThunks';

export interface AuthState {
  user: User | null;
  token: string | null;
  isAuthenticated: boolean;
  loading: boolean;
  error: ApiProblem | null;
}

type For<Body> = Body & { userType: UserType };

export const login = apiThunk<Session, For<Credentials>>('auth/login', async ({ userType, ...body }, { api }) => {
  const { data } = await api.post(`/${userType}/auth/login`, body);
  return data;
});

export const register = apiThunk<Session, For<Registration>>('auth/register', async ({ userType, ...body }, { api }) => {
  const { data } = await api.post(`/${userType}/auth/register`, body);
  return data;
});

const signedOut: AuthState = {
  user: null,
  token: null,
  isAuthenticated: false,
  loading: false,
  error: null,
};

const signedIn = (session: Session): AuthState => ({
  ...signedOut,
  user: session.user,
  token: session.token,
  isAuthenticated: true,
});

const slice = createSlice({
  name: 'auth',
  initialState: signedOut,
  reducers: {
    sessionRestored: (_state, action: PayloadAction<Session>) => signedIn(action.payload),
    loggedOut: () => signedOut,
    sessionExpired: () => signedOut,
    authErrorSeen(state) {
      state.error = null;
    },
  },
  extraReducers: (builder) => {
    builder
      .addMatcher(isAnyOf(login.pending, register.pending), (state) => {
        state.loading = true;
        state.error = null;
      })
      .addMatcher(isAnyOf(login.fulfilled, register.fulfilled), (_state, action) => signedIn(action.payload))
      .addMatcher(isAnyOf(isProfileChange, addRole.fulfilled), (state, action) => {
        state.user = action.payload;
      })
      .addMatcher(isAnyOf(login.rejected, register.rejected), (state, action) => {
        state.loading = false;
        state.error = action.payload ?? null;
      });
  },
});

export const { sessionRestored, loggedOut, sessionExpired, authErrorSeen } = slice.actions;
export const isSessionStart = isAnyOf(sessionRestored, login.fulfilled, register.fulfilled);
export const isSessionEnd = isAnyOf(loggedOut, sessionExpired);
export const authReducer = slice.reducer;

export const selectAuth = (state: RootState) => state.auth;
export const selectUser = (state: RootState) => state.auth.user;
export const selectToken = (state: RootState) => state.auth.token;
