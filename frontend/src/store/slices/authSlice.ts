import { createSlice, isAnyOf, type PayloadAction } from '@reduxjs/toolkit';
import type { Session, User, UserType } from '../../api/types';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import type { RootState } from '../store';
import { isProfileChange } from './profileThunks';

export interface AuthState {
  user: User | null;
  token: string | null;
  isAuthenticated: boolean;
  loading: boolean;
  error: ApiProblem | null;
}

export interface Credentials {
  userType: UserType;
  email: string;
  password: string;
}

export interface Registration extends Credentials {
  username: string;
  first_name: string;
  last_name: string;
  phone?: string;
}

export const login = apiThunk<Session, Credentials>('auth/login', async ({ userType, ...body }, { api }) => {
  const { data } = await api.post<Session>(`/${userType}/auth/login`, body);
  return data;
});

export const register = apiThunk<Session, Registration>('auth/register', async ({ userType, ...body }, { api }) => {
  const { data } = await api.post<Session>(`/${userType}/auth/register`, body);
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
      .addMatcher(isProfileChange, (state, action) => {
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
