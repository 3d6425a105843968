// What a program costs that does nothing: start-up. Says at the end what it used.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  require('node:fs').writeSync(
    3,
    JSON.stringify({ cpuMs: (user + system) / 1000, rssKib: maxRSS }),
  );
});
