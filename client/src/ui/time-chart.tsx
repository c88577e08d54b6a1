import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './time-chart.module.css';

export interface ChartSeries {
  name: string;
  /** A CSS colour, of at least 3:1 on the page. */
  colour: string;
  /** One for each span; null where there is none to show. */
  values: readonly (number | null)[];
}

export interface ChartSpan {
  /** Such as `Tue 3 Mar` or `14:00`. */
  label: string;
  /** Where what happened in it is listed. */
  to?: string;
}

interface TimeChartProps {
  title: string;
  /** What all of it comes to, beside the title. */
  summary: ReactNode;
  /** Values of one span are stacked as bars, or each series is a line. */
  kind: 'bars' | 'lines';
  spans: readonly ChartSpan[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
  /** Instead of the picture the numbers, for whoever can't see it or wants to read them. */
  asTable: boolean;
}

/** Spans of time side by side. What is pointed at says its numbers; all numbers are in the table that stands for it. */
export function TimeChart({ title, summary, asTable, ...chart }: TimeChartProps) {
  const id = useId();
  return (
    <figure className={classes.chart} aria-labelledby={id}>
      <figcaption className={classes.caption}>
        <span id={id} className={classes.title}>{title}</span>
        <span className={`tabular ${classes.summary}`}>{summary}</span>
      </figcaption>
      {asTable ? <Numbers title={title} {...chart} /> : <Picture title={title} {...chart} />}
    </figure>
  );
}

type ChartProps = Omit<TimeChartProps, 'summary' | 'asTable'>;

function Picture({ title, kind, spans, series, format }: ChartProps) {
  const [pointed, setPointed] = useState<number>();
  const highest = Math.max(...spans.map((_, span) => heightOf(kind, series, span)), 0);
  const top = highest || 1;
  return (
    <>
      <div className={classes.plot} role="group" aria-label={`${title}. Show it as a table to read its numbers.`}>
        <span className={classes.top} aria-hidden>{highest > 0 ? format(highest) : ''}</span>
        {kind === 'lines' && <Lines series={series} spans={spans.length} top={top} />}
        <div className={classes.columns} aria-hidden onPointerLeave={() => setPointed(undefined)}>
          {spans.map(({ label, to }, span) => (
            <Column key={label} to={to} pointed={pointed === span} onPoint={() => setPointed(span)}>
              {kind === 'bars' &&
                series.map(({ name, colour, values }) => {
                  const value = values[span] ?? 0;
                  return value > 0 && <span key={name} className={classes.bar} style={{ height: `${(value / top) * 100}%`, background: colour }} />;
                })}
            </Column>
          ))}
        </div>
        {pointed !== undefined && (
          <div className={classes.tip} aria-hidden data-side={pointed * 2 < spans.length ? 'right' : 'left'} style={{ insetInlineStart: `${((pointed + 0.5) / spans.length) * 100}%` }}>
            <strong>{spans[pointed]?.label}</strong>
            {series.map(({ name, colour, values }) => (
              <span key={name} className={classes.tipRow}>
                <span className={classes.swatch} style={{ background: colour }} />
                {name}
                <span className="tabular">{worded(values[pointed], format)}</span>
              </span>
            ))}
          </div>
        )}
      </div>
      <div className={classes.axis} aria-hidden>
        <span>{spans[0]?.label}</span>
        <span>{spans.at(-1)?.label}</span>
      </div>
      {series.length > 1 && (
        <ul className={classes.legend} aria-hidden>
          {series.map(({ name, colour }) => (
            <li key={name}><span className={classes.swatch} style={{ background: colour }} />{name}</li>
          ))}
        </ul>
      )}
    </>
  );
}

interface ColumnProps {
  to: string | undefined;
  pointed: boolean;
  onPoint: () => void;
  children: ReactNode;
}

/** The table has the same links for the keyboard. */
function Column({ to, pointed, onPoint, children }: ColumnProps) {
  const shared = { className: classes.column, 'data-pointed': pointed || undefined, onPointerEnter: onPoint };
  return to ? <Link to={to} tabIndex={-1} {...shared}>{children}</Link> : <span {...shared}>{children}</span>;
}

function Lines({ series, spans, top }: { series: readonly ChartSeries[]; spans: number; top: number }) {
  const point = (value: number, span: number) => `${((span + 0.5) / spans) * 100},${100 - (value / top) * 100}`;
  return (
    <svg className={classes.lines} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
      {series.map(({ name, colour, values }) => {
        const points = values.flatMap((value, span) => (value === null ? [] : [point(value, span)]));
        return (
          <g key={name} stroke={colour}>
            <polyline points={points.join(' ')} />
            {/* A line of no length is a dot that does not stretch with the picture. */}
            {points.map((at) => <polyline key={at} className={classes.dot} points={`${at} ${at}`} />)}
          </g>
        );
      })}
    </svg>
  );
}

function Numbers({ title, spans, series, format }: ChartProps) {
  return (
    <div className={classes.numbers} tabIndex={0} role="region" aria-label={`${title}, numbers`}>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {series.map(({ name }) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {spans.map(({ label, to }, span) => (
            <tr key={label}>
              <th scope="row">{to ? <Link to={to}>{label}</Link> : label}</th>
              {series.map(({ name, values }) => <td key={name}>{worded(values[span], format)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function heightOf(kind: ChartProps['kind'], series: readonly ChartSeries[], span: number): number {
  const values = series.map(({ values: each }) => each[span] ?? 0);
  return kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values, 0);
}

const worded = (value: number | null | undefined, format: (value: number) => string): string => (typeof value === 'number' ? format(value) : '–');
