import { useEffect, type ReactNode } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { useSession } from '../../api/use-session';
import { Logo } from '../../shell/logo';
import classes from './auth.module.css';

interface AuthLayoutProps {
  title: string;
  lead: string;
  children: ReactNode;
  footer: ReactNode;
}

/** The page around signing in and up. Once somebody is signed in it leads on to where they wanted to go. */
export function AuthLayout({ title, lead, children, footer }: AuthLayoutProps) {
  const { status } = useSession();
  const next = useNextPath();
  useEffect(() => {
    document.title = `${title} · PromptPilot Pro`;
  }, [title]);
  const leavesClient = next === '/graphiql';
  useEffect(() => {
    if (status === 'signed-in' && leavesClient) window.location.replace(next);
  }, [status, leavesClient, next]);
  if (status === 'signed-in') return leavesClient ? null : <Navigate to={next} replace />;
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={40} />
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.lead}>{lead}</p>
        {children}
        <p className={classes.footer}>{footer}</p>
      </div>
    </main>
  );
}

/** Only a path within the client: an address that leads elsewhere would make a phisher's link look like ours. */
function useNextPath(): string {
  const next = useSearchParams()[0].get('next');
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
