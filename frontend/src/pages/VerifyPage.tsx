import { LinkPage } from '../components/Account/LinkPage';
import { confirmAddress } from '../store/slices/accountThunks';

export const VerifyPage = () => (
  <LinkPage
    title="Confirm your address"
    question="You followed the link of an e-mail. Confirm that this is your address?"
    label="Confirm the address"
    done="Your e-mail address is confirmed. You can now book stays and offer a home."
    act={confirmAddress}
  />
);
