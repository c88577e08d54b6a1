/** Has the browser save something as a file. */
export function saveFile(name: string, text: string | Blob, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download begins after this turn of the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
