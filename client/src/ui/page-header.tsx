import { useEffect, type ReactNode } from 'react';
import { Link } from 'react-router';
import classes from './page-header.module.css';

interface PageHeaderProps {
  /** Also the document's title. */
  title: string;
  crumbs?: { label: string; to: string }[];
  /** State and the few facts that matter, beside the title. */
  facts?: ReactNode;
  /** The page's one primary action; a quiet second one at most. */
  action?: ReactNode;
}

/** The bar over each page: where one is, and the one thing to do here. */
export function PageHeader({ title, crumbs = [], facts, action }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · PromptPilot Pro`;
  }, [title]);
  return (
    <header className={classes.bar}>
      <div className={classes.where}>
        {crumbs.length > 0 && (
          <nav aria-label="Breadcrumb" className={classes.crumbs}>
            {crumbs.map(({ label, to }) => (
              <span key={to} className={classes.crumb}>
                <Link to={to}>{label}</Link>
                <span aria-hidden>/</span>
              </span>
            ))}
          </nav>
        )}
        <h1 id="page-title" className={classes.title} title={title}>
          {title}
        </h1>
        {facts && <div className={classes.facts}>{facts}</div>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </header>
  );
}
