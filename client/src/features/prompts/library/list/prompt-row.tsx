import { Checkbox } from '@mantine/core';
import { IconMessage, IconMessages } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { LibraryPromptFragment, LibraryPromptsQuery } from '../../../../gql/graphql';
import { RelativeTime } from '../../../../ui/relative-time';
import { dragHandlers, useDragged } from '../folders/drag-and-drop';
import { nameOfAll } from '../use-prompt-actions';
import { Labels, Tags } from './chips';
import { highlightsOf } from './highlight';
import classes from './list.module.css';
import { MarkedText } from './marked-text';
import { PromptMenu, type PromptTasks } from './prompt-menu';
import type { Selection } from '../../../../ui/use-selection';

interface PromptRowProps {
  edge: LibraryPromptsQuery['prompts']['edges'][number];
  selection: Selection<LibraryPromptFragment>;
  tasks: PromptTasks;
}

export function PromptRow({ edge: { node: prompt, hits }, selection, tasks }: PromptRowProps) {
  const dragged = useDragged();
  const { name, description, inTags, excerpts } = highlightsOf(prompt, hits);
  const isSelected = selection.isSelected(prompt.id);
  const drag = dragHandlers(dragged, () => {
    const taken = isSelected ? selection.selected : [prompt];
    return { dragged: { prompts: taken.map(({ id }) => id) }, text: taken.length === 1 ? prompt.name : nameOfAll(taken.map(() => prompt)) };
  });
  const Kind = prompt.kind === 'CHAT' ? IconMessages : IconMessage;
  const kind = prompt.kind === 'CHAT' ? 'Chat prompt' : 'Text prompt';
  return (
    <tr className={classes.row} data-link data-selected={isSelected || undefined} {...drag}>
      <td className={classes.tick}>
        <Checkbox
          size="xs"
          aria-label={`Select ${prompt.name}`}
          checked={isSelected}
          onChange={() => undefined}
          onClick={(event) => selection.toggle(prompt.id, event.shiftKey)}
        />
      </td>
      <td>
        <div className={classes.nameLine}>
          <span title={kind} className={classes.kind}><Kind size={16} aria-label={kind} /></span>
          <Link to={`/prompts/${prompt.id}`} className={classes.link} draggable={false} title={prompt.name}><MarkedText fragments={name} /></Link>
        </div>
        <div className={classes.about}>
          <code title={prompt.path}>{prompt.path}</code>
          {prompt.description && <span className={classes.description} title={prompt.description}><MarkedText fragments={description} /></span>}
        </div>
        {excerpts.map(({ label, fragments }) => (
          <div key={label} className={classes.excerpt}><span className={classes.excerptLabel}>{label}</span> <MarkedText fragments={fragments} /></div>
        ))}
        {prompt.labels.length + prompt.tags.length > 0 && (
          <div className={classes.below}>
            {prompt.labels.length > 0 && <Labels labels={prompt.labels} />}
            {prompt.tags.length > 0 && <Tags tags={prompt.tags} found={inTags} />}
          </div>
        )}
      </td>
      <td data-from="wide"><Tags tags={prompt.tags} found={inTags} /></td>
      <td data-from="wide"><Labels labels={prompt.labels} /></td>
      <td className={classes.version}>{prompt.head.version}</td>
      <td data-from="medium" className={classes.updated}>
        <RelativeTime time={prompt.updatedAt} />
        <div className={classes.author} title={prompt.head.author.name}>{prompt.head.author.name}</div>
      </td>
      <td className={classes.menu}><PromptMenu prompt={prompt} tasks={tasks} /></td>
    </tr>
  );
}
