import { NavLink, Outlet } from 'react-router';
import { usePermissions } from '../../api/use-permissions';
import classes from './settings-frame.module.css';
import { settingsPages } from './settings-pages';

/** What stands around every page of the settings: the way to the others. */
export default function SettingsFramePage() {
  const may = usePermissions();
  return (
    <div className={classes.frame}>
      <nav aria-label="Settings" className={classes.nav}>
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
