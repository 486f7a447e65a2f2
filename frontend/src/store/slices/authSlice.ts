import { createSlice, isAnyOf, type PayloadAction } from '@reduxjs/toolkit';
import { FROM_OUR_PAGE } from '../../api/sessionCalls';
import type { Credentials, Registration, Session, UsedPasskey, User, UserType } from '../../api/wire';
import type { ApiProblem } from '../../api/problem';
import { apiThunk } from '../apiThunk';
import type { AppDispatch, RootState } from '../store';
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

export const login = apiThunk<Session, Credentials>('auth/login', async (body, { api }) => {
  const { data } = await api.post('/account/session', body, { headers: FROM_OUR_PAGE });
  return data;
});

/** Without a password: the device asked for a finger or a PIN. */
export const loginByPasskey = apiThunk<Session, UsedPasskey>('auth/loginByPasskey', async (body, { api }) => {
  const { data } = await api.post('/account/session/passkey', body, { headers: FROM_OUR_PAGE });
  return data;
});

export const register = apiThunk<Session, For<Registration>>('auth/register', async ({ userType, ...body }, { api }) => {
  const { data: registered } = await api.post(`/${userType}/auth/register`, body);
  const { data } = await api.post('/account/session', { email: body.email, password: body.password }, { headers: FROM_OUR_PAGE });
  await api.post('/account/logout', undefined, { headers: { Authorization: `Bearer ${registered.token}` } });
  return data;
});

/** Ends the login here, on the server too: the cookie cannot be taken away by a script. */
export const endLogin = apiThunk(
  'auth/end',
  async (_, { api }) => {
    await api.delete('/account/session', { headers: FROM_OUR_PAGE });
  },
  { announce: true },
);

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
    /** Of the same person the token is new, and what changed about them; else nothing, so that no page loads again. */
    sessionRestored(state, { payload }: PayloadAction<Session>) {
      if (state.user?.id !== payload.user.id) return signedIn(payload);
      state.token = payload.token;
      if (JSON.stringify(state.user) !== JSON.stringify(payload.user)) state.user = payload.user;
    },
    loggedOut: () => signedOut,
    sessionExpired: () => signedOut,
    authErrorSeen(state) {
      state.error = null;
    },
  },
  extraReducers: (builder) => {
    builder
      .addMatcher(isAnyOf(login.pending, loginByPasskey.pending, register.pending), (state) => {
        state.loading = true;
        state.error = null;
      })
      .addMatcher(isAnyOf(login.fulfilled, loginByPasskey.fulfilled, register.fulfilled), (_state, action) => signedIn(action.payload))
      .addMatcher(isAnyOf(isProfileChange, addRole.fulfilled), (state, action) => {
        state.user = action.payload;
      })
      .addMatcher(isAnyOf(login.rejected, loginByPasskey.rejected, register.rejected), (state, action) => {
        state.loading = false;
        state.error = action.payload ?? null;
      });
  },
});

export const { sessionRestored, loggedOut, sessionExpired, authErrorSeen } = slice.actions;
export const isSessionStart = isAnyOf(sessionRestored, login.fulfilled, loginByPasskey.fulfilled, register.fulfilled);
export const isSessionEnd = isAnyOf(loggedOut, sessionExpired);
export const authReducer = slice.reducer;

export const logOut = () => async (dispatch: AppDispatch) => {
  if (endLogin.fulfilled.match(await dispatch(endLogin()))) dispatch(loggedOut());
};

export const selectAuth = (state: RootState) => state.auth;
export const selectUser = (state: RootState) => state.auth.user;
export const selectToken = (state: RootState) => state.auth.token;
