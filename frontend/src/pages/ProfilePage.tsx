import { Profile } from '../components/Auth/Profile';
import { RequireAccount } from '../components/Common/RequireAccount';

export const ProfilePage = () => (
  <RequireAccount>
    <Profile />
  </RequireAccount>
);
