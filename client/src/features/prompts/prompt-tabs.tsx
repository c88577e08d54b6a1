import { NavLink } from 'react-router';
import { promptLinks } from './history/prompt-links';
import classes from './prompt-frame.module.css';

/** The pages of a prompt, each on the branch that is shown. */
export function PromptTabs({ promptId, branch }: { promptId: string; branch: string }) {
  const tabs = [
    { label: 'Edit', to: promptLinks.edit(promptId, branch) },
    { label: 'History', to: promptLinks.history(promptId, branch) },
    { label: 'Compare', to: promptLinks.compare(promptId, branch) },
    { label: 'Playground', to: promptLinks.playground(promptId, branch) },
  ];
  return (
    <nav aria-label="Of this prompt" className={classes.tabs}>
      {tabs.map(({ label, to }) => <NavLink key={label} to={to} end className={classes.tab}>{label}</NavLink>)}
    </nav>
  );
}
