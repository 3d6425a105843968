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
      require('./start.cjs').start(__dirname);
    } catch (error) {
      // Telemetry is never the reason why a program does not start.
      require('fs').writeSync(2, 'otel-register: Not started (' + error + ').\n');
    }
  }
}

// `otel-register` inherits NODE_OPTIONS like any program, but what it prints is nobody's log. It is
// known by what is beside it: another copy of this package may be the one that was preloaded.
function isOwnCommand() {
  var fs = require('fs');
  var path = require('path');
  var program = String(process.argv[1]);
  if (path.basename(program) !== 'otel-register') return false;
  try {
    return fs.existsSync(path.join(fs.realpathSync(program), '../../dist/register.cjs'));
  } catch (_) {
    return false;
  }
}
