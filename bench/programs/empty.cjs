// What a program costs that does nothing: start-up. Says at the end what it used.
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const rssKib = peakRssKib();
  require('node:fs').writeSync(3, JSON.stringify({ cpuMs: (user + system) / 1000, rssKib }));
});

// Not `resourceUsage().maxRSS`: that begins with what the parent held when it forked.
function peakRssKib() {
  const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]);
}
