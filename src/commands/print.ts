let isWatched = false;

/** Results, on stdout. Whoever reads them may leave when he has seen enough (`| head`). */
export function print(text: string): void {
  watchReader();
  process.stdout.write(text);
}

// Unheard, the error would end the command with a stack trace. What it was to do is still done.
function watchReader(): void {
  if (isWatched) return;
  isWatched = true;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
