import { Link, useNavigate } from 'react-router';
import { RequireAccount } from '../components/Common/RequireAccount';
import { ListingForm } from '../components/Hosting/Form/ListingForm';
import { useAppDispatch } from '../store/hooks';
import { messageShown } from '../store/slices/messageSlice';

function NewListing() {
  const navigate = useNavigate();
  const dispatch = useAppDispatch();
  return (
    <div className="mx-auto max-w-5xl space-y-5 px-4 py-8">
      <title>New listing · Staywell</title>
      <div>
        <Link to="/host/listings" className="inline-flex min-h-11 items-center font-semibold text-pine-700 underline underline-offset-4">
          Your listings
        </Link>
        <h1 className="text-3xl font-bold">New listing</h1>
      </div>
      <ListingForm
        listing={null}
        onSaved={({ id, title }) => {
          dispatch(messageShown({ tone: 'success', text: `“${title}” is created. Now add photos.` }));
          navigate(`/host/listings/${id}/photos`, { replace: true });
        }}
      />
    </div>
  );
}

export const HostNewListingPage = () => (
  <RequireAccount kind="owner">
    <NewListing />
  </RequireAccount>
);
