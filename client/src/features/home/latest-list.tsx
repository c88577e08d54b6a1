import type { ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './home.module.css';

interface LatestListProps {
  title: string;
  /** Where all of them are. */
  all: string;
  empty: string;
  items: { id: string; to: string; name: string; facts: ReactNode }[];
}

export function LatestList({ title, all, empty, items }: LatestListProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionBar}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {items.length > 0 && <Link to={all} className={classes.all} aria-label={`All: ${title}`}>See all</Link>}
      </div>
      {items.length === 0 ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <ul className={classes.items}>
          {items.map(({ id, to, name, facts }) => (
            <li key={id}>
              <Link to={to} className={classes.item}>
                <span className={classes.itemName}>{name}</span>
                <span className={classes.facts}>{facts}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
