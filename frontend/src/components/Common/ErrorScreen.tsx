import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { buttonStyle } from './buttonStyle';
import { Scene } from './Scene';

interface Props {
  title: string;
  text: string;
}

export function ErrorScreen({ title, text }: Props) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-4 px-4 py-16 text-center">
      <title>{`${title} · Staywell`}</title>
      <Scene seed="lost" className="h-48 w-72 rounded-card" />
      <h1 className="text-3xl font-bold">{title}</h1>
      <p className="text-muted">{text}</p>
      <Link to="/" className={buttonStyle()}>
        Back to all places
      </Link>
    </div>
  );
}

export const NotFound = () => (
  <ErrorScreen title="This page is not here" text="The address may be mistyped, or the page has moved on. The places to stay are still where they were." />
);

/** The router's error boundary: a page that throws ends here, with the header and footer still in place. */
export function PageCrash() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return <ErrorScreen title="This page broke" text="An error on our side stopped it. Reload the page, or go back and try another way." />;
}
