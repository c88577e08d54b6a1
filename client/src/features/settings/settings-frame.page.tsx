import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { usePermissions } from '../../api/use-permissions';
import classes from './settings-frame.module.css';
import { settingsPages } from './settings-pages';

/** What stands around every page of the settings: the way to the others. */
export default function SettingsFramePage() {
  const may = usePermissions();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the row of links scrolls, and where one is may be out of sight.
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <div className={classes.frame}>
      <nav ref={nav} aria-label="Settings" className={classes.nav}>
        <span className={classes.heading} aria-hidden>Settings</span>
        {settingsPages.filter(({ needs }) => !needs || may(needs)).map(({ label, to, icon: Icon }) => (
          <NavLink key={to} to={to} className={classes.link}>
            <Icon size={16} stroke={1.75} aria-hidden />
            {label}
          </NavLink>
        ))}
      </nav>
      <div className={classes.page}>
        <Outlet />
      </div>
    </div>
  );
}
