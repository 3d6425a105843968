// A service that has run for a while, logs, and ends: how long from `process.exit()` to its end?
const { writeSync } = require('node:fs');
const tick = setInterval(() => console.log('tick'), 20);
setTimeout(() => {
  clearInterval(tick);
  for (let i = 0; i < 20; i++) console.log('last words', { i });
  writeSync(3, 'ending');
  process.exit(0);
}, 400);
