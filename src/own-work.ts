/**
 * Whether our own code runs in this thread. The application's runs within only where it hooked into
 * what we use: an error's `get message()`, a patched built-in. What that logs would not be there
 * without us: it is neither printed nor recorded.
 */
export const ownWork = { isRunning: false };
