// The preload, as `node --require @emp/otel-register` loads it, and `--import` by way of
// register.mjs. The one file that any Node must be able to parse: hence no `const`, no arrow
// functions, and nothing loaded before the version is known.

if (!isOwnCommand()) preload();

function preload() {
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
      withoutSpans(() => {
        require('./start.cjs').start(__dirname);
      });
    } catch (error) {
      // Telemetry is never the reason why a program does not start.
      require('fs').writeSync(2, 'otel-register: Not started (' + error + ').\n');
    }
  }
}

// A tracing that came before us would make spans of the files that are read here. As
// src/otel/without-spans.ts does it, which cannot be loaded yet.
function withoutSpans(work: () => void) {
  var api = (globalThis as any)[Symbol.for('opentelemetry.js.api.1')];
  var key = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
  if (api && api.context) api.context.with(api.context.active().setValue(key, true), work);
  else work();
}

// `otel-register` inherits NODE_OPTIONS like any program, but what it prints is nobody's log. It is
// known by what is beside it: another copy of this package may be the one that was preloaded.
function isOwnCommand() {
  var path = require('path');
  var program = String(process.argv[1]);
  if (path.basename(program) !== 'otel-register') return false;
  // Not before: that we want it would make a tracing that came before us patch it.
  var fs = require('fs');
  try {
    return fs.existsSync(path.join(fs.realpathSync(program), '../../dist/register.cjs'));
  } catch (_) {
    return false;
  }
}
