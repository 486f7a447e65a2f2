import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { buttonStyle } from './buttonStyle';
import { Illustration } from './Illustration';

interface Props {
  title: string;
  text: string;
}

export function ErrorScreen({ title, text }: Props) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-4 px-4 py-16 text-center">
      <title>{`${title} · Staywell`}</title>
      <Illustration seed="lost" className="h-48 w-72 rounded-card" />
      <h1 className="text-3xl font-bold">{title}</h1>
      <p className="text-muted">{text}</p>
      <Link to="/" className={buttonStyle()}>
        Back to all places
      </Link>
    </div>
  );
}

export const NotFound = () => (
  <ErrorScreen title="Page not found" text="The address may be mistyped, or the page has moved." />
);

/** The router's error boundary: a page that throws ends here, with the header and footer still in place. */
export function PageCrash() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return <ErrorScreen title="Something went wrong" text="An error on our side stopped this page. Reload it, or go back and try again." />;
}
