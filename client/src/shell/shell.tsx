import { useEffect, useRef } from 'react';
import { Link, NavLink, Outlet, useLocation, useNavigation } from 'react-router';
import { useFocusKept } from '../ui/use-focus-kept';
import { CommandPaletteOpener } from './command-palette/command-palette-opener';
import { ConnectionBanner } from './connection-banner';
import { Logo } from './logo';
import { destinations } from './navigation';
import classes from './shell.module.css';
import { UserMenu } from './user-menu';

/** What stands around every page of a signed-in person. */
export function Shell() {
  const main = useFocusOnNavigation();
  useFocusKept();
  const navigation = useNavigation();
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip} onClick={(event) => {
        event.preventDefault();
        main.current?.focus();
      }}>
        Skip to the page
      </a>
      <header className={classes.rail}>
        <Link to="/" className={classes.brand} aria-label="PromptPilot Pro, home">
          <Logo />
          <span className={classes.brandName}>PromptPilot Pro</span>
        </Link>
        <CommandPaletteOpener />
        <nav aria-label="Main" className={classes.nav}>
          {destinations.map(({ label, to, icon: Icon }) => (
            <NavLink key={to} to={to} end={to === '/'} className={classes.destination}>
              <Icon size={18} stroke={1.75} aria-hidden />
              <span>{label}</span>
            </NavLink>
          ))}
        </nav>
        <UserMenu />
      </header>
      <main id="main" ref={main} tabIndex={-1} aria-labelledby="page-title" className={classes.main} data-loading={navigation.state === 'loading' || undefined}>
        <ConnectionBanner />
        <Outlet />
      </main>
    </div>
  );
}

/** After a navigation the keyboard, and whoever listens, goes on at the new page, unless the page itself took the focus. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    window.scrollTo({ top: 0 });
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
