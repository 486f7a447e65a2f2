import type { EmailChange, PasswordChange, PasswordReset, User, UserType } from '../../api/wire';
import { apiThunk } from '../apiThunk';

/** The token is what stands behind the # of a link in an e-mail. */
export const confirmAddress = apiThunk<string, string>('account/confirmAddress', async (token, { api }) => {
  const { data } = await api.post('/account/verify', { token });
  return data.email;
});

export const restoreAddress = apiThunk<string, string>('account/restoreAddress', async (token, { api }) => {
  const { data } = await api.post('/account/email/restore', { token });
  return data.email;
});

export const sendConfirmation = apiThunk('account/sendConfirmation', async (_, { api }) => {
  await api.post('/account/verify/resend');
});

export const forgetPassword = apiThunk<null, string>('account/forgetPassword', async (email, { api }) => {
  await api.post('/account/password/forgot', { email });
  return null;
});

export const resetPassword = apiThunk<null, PasswordReset>('account/resetPassword', async (body, { api }) => {
  await api.post('/account/password/reset', body);
  return null;
});

export const changePassword = apiThunk<null, PasswordChange>('account/changePassword', async (body, { api }) => {
  await api.post('/account/password', body);
  return null;
});

export const changeEmail = apiThunk<null, EmailChange>('account/changeEmail', async (body, { api }) => {
  await api.post('/account/email', body);
  return null;
});

export const addRole = apiThunk<User, UserType>('account/addRole', async (role, { api }) => {
  const { data } = await api.post('/account/roles', { role });
  return data;
});
