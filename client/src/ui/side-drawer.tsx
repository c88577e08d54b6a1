import { Drawer, type DrawerProps } from '@mantine/core';
import classes from './side-drawer.module.css';

/** A drawer whose title has the focus first. It stays while a dialog over it is closed: one press of Esc reaches all that are open. */
export function SideDrawer({ onClose, title, ...props }: DrawerProps) {
  const close = () => {
    if (document.querySelectorAll('[aria-modal="true"]').length <= 1) onClose();
  };
  return <Drawer {...props} title={<span className={classes.title} tabIndex={-1} data-autofocus>{title}</span>} onClose={close} />;
}
