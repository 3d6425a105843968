import { join } from 'node:path';
import { FIXTURES } from '../helpers/repository.js';
import { OUTPUTS, type Output, type Way } from './winston-ways.js';

const SURROUNDINGS = JSON.stringify(join(FIXTURES, 'winston/surroundings.cjs'));
/** One more than a slow transport takes at once. */
const CALLS_OF_SLOW = 40;

/** How often each output is logged to: its records say which it was. */
export function callsOf({ name }: Output): number {
  return name.startsWith('a slow one') ? CALLS_OF_SLOW : 2;
}

/** What the n-th call to an output says. */
export function messageOf(output: Output, n: number): string {
  return `call ${n} of output ${OUTPUTS.indexOf(output)}!`;
}

/** A program that makes its loggers that way, one for each output. */
export function wayProgram({ code, load = "require('winston')", isModule = false }: Way): string {
  const outputs = OUTPUTS.map(
    output => `
  {
    const transports = [${output.code}].flat();
    transports.id = ${OUTPUTS.indexOf(output)};
    const logger = ${code};
    for (let n = 0; n < ${callsOf(output)}; n++) {
      logger.info('call ' + n + ' of output ${OUTPUTS.indexOf(output)}!', { n });
    }
  }`,
  );
  const head = isModule
    ? `${load} import { createRequire } from 'node:module'; const require = createRequire(${SURROUNDINGS});`
    : '';
  return `${head}
const { makeFolder, again, withoutChild, listen, transports: classes, replaced, nowhere, until } = require(${SURROUNDINGS});
(async () => {
  const folder = makeFolder();
  const port = await listen();
  const stream = nowhere();
  ${isModule ? '' : `const winston = ${load};`}
  const { DailyRotateFile, Printing, Wording, Later, Slow, Legacy, OpenTelemetryTransportV3 } = classes(winston);
  ${outputs.join('')}
  await until(${CALLS_OF_SLOW + 2}, folder + '/file.log', 2);
  process.stdout.write(require('node:fs').readFileSync(folder + '/file.log'));
  require('node:fs').rmSync(folder, { recursive: true });
  process.exit();
})();`;
}
