import { LinkPage } from '../components/Account/LinkPage';
import { restoreAddress } from '../store/slices/accountThunks';

export const RestoreAddressPage = () => (
  <LinkPage
    title="This was not me"
    question="The e-mail address of your account was changed. Bring the old one back? All devices are logged out, and you get an e-mail to choose a new password."
    label="Bring my address back"
    done="Your old address is back, and all devices are logged out. Look at your e-mails: there is a link to choose a new password."
    act={restoreAddress}
  />
);
