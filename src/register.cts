// The preload, as `node --require @emp/otel-register` loads it, and `--import` by way of
// register.mjs. The one file that any Node must be able to parse: hence no `const`, no arrow
// functions, and nothing loaded before the version is known.

var version = /^v(\d+)\.(\d+)/.exec(process.version) || [];
var major = Number(version[1]);
var minor = Number(version[2]);

// Node 20.19 is the first with everything used here.
if (major < 20 || (major === 20 && minor < 19)) {
  require('fs').writeSync(
    2,
    'otel-register: Node ' +
      process.version +
      ' is too old, 20.19 or newer is needed; the program runs without it.\n',
  );
} else if (String(process.env.OTEL_SDK_DISABLED).trim().toLowerCase() !== 'true') {
  try {
    require('./start.cjs').start(__dirname);
  } catch (error) {
    // Telemetry is never the reason why a program does not start.
    require('fs').writeSync(2, 'otel-register: Not started (' + error + ').\n');
  }
}
