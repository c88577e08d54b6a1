import { Anchor } from '@mantine/core';
import { IconAlertTriangle, IconClockPause } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Notice } from '../../ui/notice';
import classes from './inspector.module.css';
import type { RunError } from './run-state';

const advice: Record<string, string> = {
  RATE_LIMITED: 'The provider limits how much may be asked of it. Run it again later, or say in Settings what it allows in a minute: runs then wait for their turn.',
  UNAVAILABLE: 'See that the provider’s address is right and that it is up, then run it again.',
  CUT_OFF: 'The connection broke in the middle of the answer. Run it again.',
  REFUSED: 'See the model’s name, its settings and the length of the input.',
  BAD_RESPONSE: 'See that the provider’s address leads to a server of the right kind.',
};

/** Where something can be done about it. */
const places: Record<string, { label: string; to: string }> = {
  BUDGET_EXCEEDED: { label: 'Open the budgets', to: '/settings/budgets' },
  PRICE_UNKNOWN: { label: 'Set its price', to: '/settings/prices' },
  RATE_LIMITED: { label: 'Open the providers', to: '/settings/providers' },
};

/** Why something went wrong, and what to do about it. */
export function RunProblem({ title, error }: { title: string; error: RunError }) {
  const place = places[error.code];
  return (
    <div className={classes.notice}>
      <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title={title}>
        <p className={classes.reason}>{error.message}</p>
        {advice[error.code] && <p className={classes.reason}>{advice[error.code]}</p>}
        {place && <p className={classes.reason}><Anchor component={Link} to={place.to} inherit>{place.label}</Anchor></p>}
      </Notice>
    </div>
  );
}

/** Why a step waits before its next attempt. */
export function RetryNotice({ title, error }: { title: string; error: RunError | null }) {
  return (
    <div className={classes.notice}>
      <Notice tone="warning" icon={<IconClockPause size={16} />} title={title}>
        {error && <p className={classes.reason}>{error.message}</p>}
      </Notice>
    </div>
  );
}
