import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../helpers/repository.js';

const LOGGER = `import winston from 'winston';

export const logger = winston.createLogger({
  level: 'debug',
  format: winston.format.combine(winston.format.splat(), winston.format.simple()),
  transports: [new winston.transports.Console()],
});
`;

/**
 * The services of examples/ once more, as if their console calls had been moved to a winston logger
 * of each; answers their folder, which has the repository's packages.
 */
export function servicesWithWinston(): string {
  const folder = join(REPOSITORY, 'build/examples-with-winston');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(join(REPOSITORY, 'examples'), folder, { recursive: true });
  writeFileSync(join(folder, 'logger.js'), LOGGER);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    if (!name.endsWith('.js') || !name.includes('/')) continue;
    const text = readFileSync(file, 'utf8');
    if (text.includes('console.')) writeFileSync(file, moved(text));
  }
  return folder;
}

function moved(text: string): string {
  const calls = text
    .replaceAll('console.log(', 'moved.info(')
    .replace(/console\.(info|warn|error|debug)\(/g, 'moved.$1(');
  return `import { logger as moved } from '../logger.js';\n${calls}`;
}
