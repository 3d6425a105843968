let isWatched = false;

/** Results, on stdout. Whoever reads them may leave when he has seen enough (`| head`). */
export function print(text: string): void {
  watchReader();
  process.stdout.write(text);
}

// Unheard, an error would end the command with a stack trace. Without a reader, what it was to do is
// still done; on a full disk, nobody is to take what is there for all of it.
function watchReader(): void {
  if (isWatched) return;
  isWatched = true;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`otel-register: stdout cannot be written: ${error.message}\n`);
    process.exit(1);
  });
}
