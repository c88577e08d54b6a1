/** A sentence of the API, in which names stand in backticks. */
export function InlineCode({ children }: { children: string }) {
  return children.split(/`([^`]+)`/).map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
