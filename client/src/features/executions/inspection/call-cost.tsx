import { formatCost, formatPrice } from '../../../ui/format';
import classes from './call-cost.module.css';
import type { StepCall } from './inspection.operations';

interface Part {
  what: string;
  tokens: number;
  price: number;
}

/** How the cost of a call came about: its tokens, each kind at its price. Nothing where it had no price. */
export function CallCost({ call: { usage, costUsd, prices } }: { call: Pick<StepCall, 'usage' | 'costUsd' | 'prices'> }) {
  if (!prices || typeof costUsd !== 'number') return null;
  const cached = Math.min(usage.cachedInputTokens, usage.inputTokens);
  const parts: Part[] = [
    { what: cached > 0 ? 'input, not cached' : 'input', tokens: usage.inputTokens - cached, price: prices.input },
    { what: 'input, cached', tokens: cached, price: prices.cachedInput ?? prices.input },
    { what: usage.reasoningTokens > 0 ? `output, ${usage.reasoningTokens.toLocaleString('en-US')} of it thinking` : 'output', tokens: usage.outputTokens, price: prices.output },
  ];
  return (
    <div className={classes.line}>
      <table className={`${classes.cost} tabular`} aria-label="How the cost came about">
        <tbody>
          {parts.filter(({ tokens }) => tokens > 0).map(({ what, tokens, price }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{tokens.toLocaleString('en-US')} × {formatPrice(price)} / M</td>
              <td>{formatCost((tokens * price) / 1_000_000)}</td>
            </tr>
          ))}
          <tr className={classes.total}>
            <th scope="row">cost</th>
            <td />
            <td>{formatCost(costUsd)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
