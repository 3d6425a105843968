import { randomUUID } from 'node:crypto';
import { setEnvironmentData } from 'node:worker_threads';
import { type Config, exporterEnvironment } from '../config.js';
import { atomicLoad } from '../convert/intrinsics.js';
import { ExporterThread } from '../pipeline/exporter-thread.js';
import { argumentTexts } from '../pipeline/process-facts.js';
import {
  CONTROL_SLOTS,
  ENVIRONMENT_DATA_KEY,
  IS_STARTED,
  NOBODY_LISTENS,
  type RingAnnouncement,
  type SharedPipeline,
  SPOOL_GENERATION,
  SPOOL_OFF,
} from '../pipeline/protocol.js';
import { type AnnouncedRings, followAnnouncedRings } from '../pipeline/ring-announcements.js';
import { markEnded } from '../spool/ended-mark.js';
import { lazySpoolPlace } from '../spool/lazy-spool-place.js';
import { type SpoolPlace, under } from '../spool/place.js';
import { sayWhose } from '../spool/say-whose.js';
import { spillRings } from '../spool/spill.js';
import { spoolName } from '../spool/spool-name.js';

/** What all threads of a process have in common: one exporter thread, and one folder in the spool. */
export class ProcessDelivery {
  readonly control = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  readonly spanControl = new SharedArrayBuffer(CONTROL_SLOTS * 4);
  readonly instanceId = randomUUID();
  readonly exporter: ExporterThread;
  /** undefined for none. */
  readonly spoolPlace: () => SpoolPlace | undefined;
  readonly #config: Config;
  readonly #packageFolder: string;
  readonly #channelName = `otel-register-${randomUUID()}`;
  readonly #slots = new Int32Array(this.control);
  #announced: AnnouncedRings | undefined;

  constructor(config: Config, packageFolder: string) {
    this.#config = config;
    this.#packageFolder = packageFolder;
    this.spoolPlace = lazySpoolPlace(config, this.instanceId);
    const { control, spanControl, instanceId, spoolPlace } = this;
    this.exporter = new ExporterThread({
      control,
      spanControl,
      channelName: this.#channelName,
      config,
      instanceId,
      spoolPlace,
      packageFolder,
      environment: () => exporterEnvironment(process.env, config),
    });
  }

  /** Has a ring of this thread emptied. */
  take(announcement: RingAnnouncement): void {
    this.exporter.addRing(announcement);
    this.exporter.start();
  }

  /** Worker threads that are not told more find nobody who takes their records. */
  keepToItself(): void {
    setEnvironmentData(ENVIRONMENT_DATA_KEY, NOBODY_LISTENS);
  }

  /** Worker threads made from here on find what they need. */
  openToThreads(): void {
    const shared: SharedPipeline = {
      control: this.control,
      spanControl: this.spanControl,
      channelName: this.#channelName,
      spool: this.spoolPlace(),
      argv: argumentTexts(),
      rules: this.#config.rules,
    };
    setEnvironmentData(ENVIRONMENT_DATA_KEY, shared as never);
    this.#announced = followAnnouncedRings(this.#channelName, ring => this.take(ring));
  }

  /** Takes in the rings that worker threads have announced. */
  collectRings(): void {
    this.#announced?.collect();
  }

  /** In a folder of the spool that may be new: says whose records these will be. */
  sayWhose(path: string): void {
    const env = exporterEnvironment(process.env, this.#config);
    const { instanceId } = this;
    // As the exporter thread takes it, with the first record: whose they are may not differ.
    sayWhose(path, this.#packageFolder, { argv: argumentTexts(), env, instanceId });
  }

  /** What the exporter thread has not taken goes to disk. */
  keepRest(): void {
    const path = this.#spoolPath();
    if (path === undefined) return;
    const { exporter } = this;
    const prepare = (folder: string) => this.sayWhose(folder);
    spillRings({ path, rings: exporter.recordRings, scopes: exporter.scopeEntries(), prepare });
  }

  /** For `otel-register run`, and nobody else: the process has ended in order. */
  markEnded(): void {
    if (this.#config.runId === undefined || atomicLoad(this.#slots, IS_STARTED) === 0) return;
    const path = this.#spoolPath();
    if (path !== undefined) markEnded(path);
  }

  #spoolPath(): string | undefined {
    const generation = atomicLoad(this.#slots, SPOOL_GENERATION);
    const place = generation === SPOOL_OFF ? undefined : this.spoolPlace();
    return place && under(place.folder, spoolName(place, generation));
  }
}
