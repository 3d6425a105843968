import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context } from '@opentelemetry/api';
import { loadBundle } from '../../load-bundle.js';
import { followPackages } from '../../module-loads/module-loads.js';
import { withoutSpans } from '../../otel/without-spans.js';
import { say } from '../../self-report.js';
import type { Tracing } from '../tracing.js';
import { AdoptedTracers } from './adopted-tracers.js';
import type { Instrumentations } from './instrumentations.js';
import { chosenTargets, type InstrumentationChoice } from './targets.js';

type Bundle = typeof import('./instrumentations.js');

export interface FollowedTargets {
  readonly tracing: Tracing;
  readonly instrumentations: InstrumentationChoice;
  /** `OTEL_REGISTER_TRACES=on`: somebody wants to know what is amiss. */
  readonly isWanted: boolean;
  readonly packageFolder: string;
  activeContext(): Context | undefined;
}

const COLLECTION = '@opentelemetry/auto-instrumentations-node';

/**
 * Runs the instrumentations of the application's own collection on our tracer, each when the first
 * file of a package that it instruments has been loaded. Looks for the collection then, and once:
 * programs without it pay for one failed resolution.
 */
export function followTargets(options: FollowedTargets): void {
  const { tracing } = options;
  const targets = chosenTargets(options.instrumentations);
  if (targets.size === 0) return;

  let running: Instrumentations | undefined;
  const stop = followPackages(targets, (module, file) => {
    if (!tracing.isOn) return;
    withoutSpans(() => {
      running ??= load(options);
      if (running === undefined) stop();
      else running.onFile(module, file, targets.get(file.packageName) ?? []);
    });
  });
  tracing.onTaken(name => running?.disable(name));
  tracing.onStandDown(() => {
    stop();
    running?.disableAll();
  });
}

function load({ tracing, isWanted, packageFolder, activeContext }: FollowedTargets) {
  const collection = installedCollection();
  if (collection === undefined) return undefined;
  const onTrouble = (name: string, error: unknown) => {
    if (isWanted) say(`instrumentation-${name}`, `${name} makes no spans (${String(error)}).`);
  };
  try {
    const file = join(packageFolder, 'instrumentations.cjs');
    const { Instrumentations } = loadBundle<Bundle>(file);
    const tracers = new AdoptedTracers(tracing, activeContext);
    return new Instrumentations({ collection, tracers, tracing, onTrouble });
  } catch (error) {
    onTrouble(COLLECTION, error);
    return undefined;
  }
}

/** The main file of what the application has installed, seen from its script or from where it runs. */
function installedCollection(): string | undefined {
  const script = process.argv[1];
  const folders = script === undefined ? [] : [dirname(script)];
  for (const folder of [...folders, process.cwd()]) {
    try {
      return createRequire(join(folder, 'none.js')).resolve(COLLECTION);
    } catch {
      // Not there.
    }
  }
  return undefined;
}
