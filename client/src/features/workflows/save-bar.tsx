import { Button, TextInput } from '@mantine/core';
import classes from './save-bar.module.css';

interface SaveBarProps {
  message: string;
  onMessageChange: (message: string) => void;
  busy: boolean;
  /** There is something to decide first. */
  blocked: boolean;
  onSave: () => void;
  onDiscard: () => void;
  /** Shows what saving would change. */
  onReview: () => void;
}

/** There as long as something is unsaved. */
export function SaveBar({ message, onMessageChange, busy, blocked, onSave, onDiscard, onReview }: SaveBarProps) {
  return (
    <form
      className={classes.saveBar}
      aria-label="Save"
      onSubmit={(event) => {
        event.preventDefault();
        if (!blocked) onSave();
      }}
    >
      <TextInput
        className={classes.saveMessage}
        aria-label="What changed"
        placeholder="What changed? (optional)"
        maxLength={500}
        value={message}
        onChange={({ currentTarget: { value } }) => onMessageChange(value)}
      />
      <Button variant="default" onClick={onReview}>Review</Button>
      <Button variant="default" onClick={onDiscard} disabled={busy}>Discard</Button>
      <Button type="submit" loading={busy} disabled={blocked} title="Ctrl or ⌘ S">Save version</Button>
    </form>
  );
}
