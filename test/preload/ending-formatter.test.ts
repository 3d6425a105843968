import { suite } from 'uvu';
import { withCollector } from '../helpers/collector.js';
import { compareEnding } from './ending-comparison.js';

const test = suite('preload/ending-formatter');

for (const text of ['one frame of its own', 'every frame']) {
  for (const thrower of ['a timer', 'a listener of process']) {
    test(
      `a formatter of stacks that writes ${text} is asked for no stack of ours: ${thrower} throws`,
      withCollector(async collector => {
        await compareEnding(collector, 'own-formatter.cjs', { args: [text, thrower] });
      }),
    );

    test(
      `nor is one that writes ${text} with source maps: ${thrower} throws`,
      withCollector(async collector => {
        const nodeArgs = ['--enable-source-maps'];
        await compareEnding(collector, 'own-formatter.cjs', { args: [text, thrower], nodeArgs });
      }),
    );
  }
}

test(
  'a listener of process that throws is printed as without us with source maps, too',
  withCollector(async collector => {
    const nodeArgs = ['--enable-source-maps'];
    await compareEnding(collector, 'listener-throws.cjs', { nodeArgs });
  }),
);

test(
  'accessors in place of the settings of stacks stay, and nobody asks them at the end',
  withCollector(async collector => {
    await compareEnding(collector, 'error-accessors.cjs');
  }),
);

test.run();
