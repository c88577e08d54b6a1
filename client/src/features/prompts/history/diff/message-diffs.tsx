import { useMemo, useState } from 'react';
import { formatCount } from '../../../../ui/format';
import { roleNames } from '../../editor/prompt-draft';
import { ChangeMark } from './change-mark';
import classes from './diff.module.css';
import { fold } from './fold';
import { FoldedRow, LineRows } from './line-rows';
import { movedAndChanged } from './moved-messages';
import type { MessageDiff } from './diff.operations';

/** The messages in their new order; long stretches of unchanged ones are folded. */
export function MessageDiffs({ messages }: { messages: readonly MessageDiff[] }) {
  const [opened, setOpened] = useState<readonly number[]>([]);
  const moved = useMemo(() => movedAndChanged(messages), [messages]);
  const stretches = fold(messages, ({ change }) => change !== 'UNCHANGED', { context: 0, least: 1 });
  return (
    <div className={classes.messages}>
      {stretches.map(({ folded, start, items }) =>
        folded && !opened.includes(start) ? (
          <FoldedRow key={start} what={formatCount(items.length, 'unchanged message')} onOpen={() => setOpened((before) => [...before, start])} />
        ) : (
          items.map((message) => <OneMessage key={message.id} message={message} movedToo={moved.has(message.id)} />)
        ),
      )}
    </div>
  );
}

function OneMessage({ message, movedToo }: { message: MessageDiff; movedToo: boolean }) {
  const { change, lines, placeBefore, placeAfter } = message;
  const [open, setOpen] = useState(change !== 'UNCHANGED' && change !== 'MOVED');
  return (
    <section className={classes.message} data-change={change}>
      <header className={classes.messageHead}>
        <h4 className={classes.role}>{roleInWords(message)}</h4>
        <span className={classes.place}>{placeAfter ?? placeBefore}</span>
        <span className={classes.marks}>
          {movedToo && <ChangeMark change="MOVED" quiet detail={`from ${placeBefore} to ${placeAfter}`} />}
          <ChangeMark change={change} quiet detail={change === 'MOVED' ? `from ${placeBefore} to ${placeAfter}` : undefined} />
        </span>
      </header>
      {open ? <LineRows lines={lines} whole={change === 'UNCHANGED' || change === 'MOVED'} /> : <FoldedRow what={`its text, ${formatCount(lines.length, 'line')}`} onOpen={() => setOpen(true)} />}
    </section>
  );
}

function roleInWords({ roleBefore, roleAfter }: MessageDiff): string {
  const role = roleAfter ?? roleBefore;
  const name = role ? roleNames[role] : 'Message';
  return roleBefore && roleAfter && roleBefore !== roleAfter ? `${roleNames[roleBefore]} → ${name}` : name;
}
