import { lazy, Suspense, useId } from 'react';
import type { BarFigureProps } from './BarFigure';

const BarFigure = lazy(() => import('./BarFigure'));

interface Props extends BarFigureProps {
  title: string;
  /** What a row and a value are, for the table. */
  columns: [row: string, value: string];
  note?: string;
}

/** A chart and, for those who cannot see or read it, the same figures as a table. */
export function ChartCard({ title, columns, note, ...figure }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="card min-w-0 p-5">
      <h2 id={id} className="text-lg font-bold">
        {title}
      </h2>
      {note && <p className="text-sm text-muted">{note}</p>}
      <div role="img" aria-label={`Chart: ${title}. The table below it has the same figures.`} className="mt-3 min-h-40">
        <Suspense fallback={<div className="skeleton h-64" />}>
          <BarFigure {...figure} />
        </Suspense>
      </div>
      <details className="mt-2">
        <summary className="flex min-h-11 w-fit items-center rounded-lg font-semibold text-pine-700">As a table</summary>
        <table className="w-full text-left">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="border-b border-line text-sm text-muted [&>*]:py-2">
              <th scope="col">{columns[0]}</th>
              <th scope="col" className="text-right">
                {columns[1]}
              </th>
            </tr>
          </thead>
          <tbody>
            {figure.rows.map(({ label, value }, index) => (
              <tr key={index} className="border-b border-line last:border-0 [&>*]:py-2">
                <th scope="row" className="font-normal wrap-anywhere">
                  {label}
                </th>
                <td className="text-right tabular-nums">{figure.format(value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
