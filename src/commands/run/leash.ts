// Preloaded into the viewer that `run --view` starts: it ends when `run` does, however that ends.
process.stdin.resume().on('close', () => process.kill(process.pid, 'SIGTERM'));
// It is not what keeps it alive.
process.stdin.unref();
