import { Fragment, type ReactNode } from 'react';

/** A step as the server words it: code between backquotes, what is pressed between **, fields between *. */
export function FormattedStep({ text, url }: { text: string; url: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)/);
  return parts.map((part, index): ReactNode => {
    if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1) === 'URL' ? url : part.slice(1, -1)}</code>;
    if (part.startsWith('**')) return <strong key={index}>{part.slice(2, -2)}</strong>;
    if (part.startsWith('*') && part.length > 1) return <em key={index}>{part.slice(1, -1)}</em>;
    return <Fragment key={index}>{part}</Fragment>;
  });
}
