import { Link } from 'react-router';
import { useLinkToken } from '../../hooks/useLinkToken';
import { useSubmit } from '../../hooks/useSubmit';
import { useAppDispatch, useAppSelector } from '../../store/hooks';
import { selectUser } from '../../store/slices/authSlice';
import { fetchProfile } from '../../store/slices/profileThunks';
import type { confirmAddress, restoreAddress } from '../../store/slices/accountThunks';
import { buttonStyle } from '../Common/buttonStyle';
import { Button } from '../Common/Button';
import { ErrorNote } from '../Common/ErrorNote';
import { AccountCard } from './AccountCard';

interface Props {
  title: string;
  question: string;
  label: string;
  done: string;
  act: typeof confirmAddress | typeof restoreAddress;
}

const INCOMPLETE = 'This link is not complete. Open it again from the e-mail.';

/** Asks before it does what the link of an e-mail is for, since mail programs open links too. */
export function LinkPage({ title, question, label, done: doneText, act }: Props) {
  const token = useLinkToken();
  const dispatch = useAppDispatch();
  const user = useAppSelector(selectUser);
  const { busy, done, problem, submit } = useSubmit();

  const run = async () => {
    if ((await submit(() => dispatch(act(token)))) && user) void dispatch(fetchProfile());
  };

  return (
    <AccountCard title={title}>
      {problem && <ErrorNote problem={problem} />}
      <p role="status">{done ? doneText : token ? question : INCOMPLETE}</p>
      {!done && token && (
        <Button onClick={run} busy={busy} className="w-full">
          {label}
        </Button>
      )}
      {(done || problem) && (
        <Link to={user ? '/account' : '/login'} className={`${buttonStyle('secondary')} w-full`}>
          {user ? 'Account settings' : 'Log in'}
        </Link>
      )}
    </AccountCard>
  );
}
