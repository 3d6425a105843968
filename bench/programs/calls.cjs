// 100,000 calls in slices of 500, with a turn of the event loop between slices. Warmed up before.
const { performance } = require('node:perf_hooks');

const SLICE = 500;
const shape = process.argv[2];
const total = Number(process.argv[3]);

const call = {
  string: i => console.log(`Job ${i} completed for customer abc123 using comfyui service`),
  object: i =>
    console.log('Job completed', {
      job_id: `workflow-${i}`,
      step_id: 'step-456',
      customer_id: 'abc123',
      service_required: 'comfyui',
      duration_ms: i,
      status: 'completed',
    }),
}[shape];

function run(count, done) {
  let made = 0;
  let busyMs = 0;
  let longestGapMs = 0;
  const startedAt = performance.now();
  let lastTurn = startedAt;
  const slice = () => {
    const start = performance.now();
    longestGapMs = Math.max(longestGapMs, start - lastTurn);
    for (let i = 0; i < SLICE; i++) call(made++);
    busyMs += performance.now() - start;
    lastTurn = start;
    if (made < count) setImmediate(slice);
    else {
      const elapsedMs = performance.now() - startedAt;
      const perCall = ms => (ms * 1e6) / count;
      done({ nsPerCall: perCall(busyMs), elapsedNsPerCall: perCall(elapsedMs), longestGapMs });
    }
  };
  slice();
}

run(20_000, () => {
  setTimeout(() => {
    const before = process.cpuUsage();
    run(total, result => {
      const { user, system } = process.cpuUsage(before);
      const cpuNsPerCall = ((user + system) * 1000) / total;
      const rssKib = peakRssKib();
      require('node:fs').writeSync(3, JSON.stringify({ ...result, cpuNsPerCall, rssKib }));
    });
  }, 300);
});

// Not `resourceUsage().maxRSS`: that begins with what the parent held when it forked.
function peakRssKib() {
  const status = require('node:fs').readFileSync('/proc/self/status', 'utf8');
  return Number(/VmHWM:\s+(\d+)/.exec(status)[1]);
}
