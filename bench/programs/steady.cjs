// Ten lines a second, as a service logs that is not busy. Warmed up before; processor time of all
// threads while they were made.
const { writeSync } = require('node:fs');

const [warmUpMs, measuredMs] = process.argv.slice(2).map(Number);
let made = 0;
const timer = setInterval(() => {
  console.log('Job completed', { job_id: `workflow-${made++}`, status: 'completed' });
}, 100);

setTimeout(() => {
  const before = process.cpuUsage();
  setTimeout(() => {
    const { user, system } = process.cpuUsage(before);
    clearInterval(timer);
    writeSync(3, JSON.stringify({ cpuMsPerS: (user + system) / measuredMs }));
  }, measuredMs);
}, warmUpMs);
