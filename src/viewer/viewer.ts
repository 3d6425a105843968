import { CommandError } from '../commands/command-error.js';
import { packageVersion } from '../package-version.js';
import type { Status } from './api.js';
import type { Entry } from './entry.js';
import { beginsHttp2, createGrpcRefusal, NO_GRPC } from './intake/grpc.js';
import { createIntake } from './intake/intake.js';
import { Replays } from './replays.js';
import { type Listening, type ListenOptions, listen } from './server/listen.js';
import { Live } from './server/live.js';
import { createPageServer } from './server/page-server.js';
import { createMemoryStorage } from './store/memory-storage.js';
import { openStorage } from './store/open-storage.js';
import { Store } from './store/store.js';
import { Writer } from './writer.js';

export interface ViewerOptions {
  readonly port: number;
  readonly uiPort: number;
  readonly hasPage: boolean;
  readonly file: string | undefined;
  readonly maxRecords: number;
  readonly maxBytes: number | undefined;
  readonly pageFolder: string;
  /** Called with what was kept. */
  readonly onEntries: (entries: readonly Entry[]) => void;
  /** Called with what the user should know. */
  readonly say: (text: string) => void;
}

export interface Viewer {
  readonly receiverUrl: string;
  /** Undefined without a page. */
  readonly pageUrl: string | undefined;
  close(): Promise<void>;
}

const MAX_BYTES = { sqlite: 1024 ** 3, memory: 256 * 1024 ** 2 } as const;

/** Receives OTLP, keeps it, and serves the page. */
export async function createViewer(options: ViewerOptions): Promise<Viewer> {
  const store = openStore(options);
  const live = new Live();
  const replays = new Replays();
  const writer = new Writer({ store, replays }, entries => {
    live.show(entries);
    options.onEntries(entries);
  });
  const servers: Listening[] = [];
  const close = async () => {
    live.close();
    await Promise.all(servers.map(server => server.close()));
    writer.flush();
    store.close();
  };
  try {
    await replays.recall(store);
    const receiver = await startReceiver(options, writer);
    servers.push(receiver);
    const receiverUrl = urlOf(receiver);
    const page = options.hasPage
      ? await startPage(options, { store, live, receiverUrl })
      : undefined;
    if (page) servers.push(page);
    return { receiverUrl, pageUrl: page && urlOf(page), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openStore(options: ViewerOptions): Store {
  const { file, hasPage, maxRecords, maxBytes } = options;
  // What is only printed is asked for by nobody.
  if (!hasPage && file === undefined) {
    return new Store(createMemoryStorage(), { maxRecords: 1, maxBytes: MAX_BYTES.memory });
  }
  try {
    const storage = openStorage(file);
    return new Store(storage, { maxRecords, maxBytes: maxBytes ?? MAX_BYTES[storage.kind] });
  } catch (error) {
    const reason = (error as Error).message;
    throw new CommandError(
      `${file ?? 'The database'} cannot be used: ${reason}.\nName another file with --db, or none.`,
      { cause: error },
    );
  }
}

function startReceiver({ port, say }: ViewerOptions, writer: Writer): Promise<Listening> {
  const onGrpc = once(() => say(`A program tried gRPC. ${NO_GRPC}`));
  return listenOn('--port', {
    port,
    serve: createIntake({ deliver: delivery => writer.deliver(delivery), onGrpc }),
    other: { begins: beginsHttp2, take: createGrpcRefusal(onGrpc) },
  });
}

function startPage(
  { uiPort, pageFolder }: ViewerOptions,
  { store, live, receiverUrl }: { store: Store; live: Live; receiverUrl: string },
): Promise<Listening> {
  const status = () => statusOf(store, receiverUrl);
  const serve = createPageServer({ store, live, pageFolder, status });
  return listenOn('--ui-port', { port: uiPort, serve });
}

async function listenOn(option: string, options: ListenOptions): Promise<Listening> {
  try {
    return await listen(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason =
      code === 'EADDRINUSE'
        ? `Port ${options.port} is in use, perhaps by a collector or another "view".`
        : `Port ${options.port} cannot be used: ${message}.`;
    throw new CommandError(`${reason}\nChoose another with ${option}, or 0 for any free one.`, {
      cause: error,
    });
  }
}

function statusOf(store: Store, receiverUrl: string): Status {
  const { recordCount, spanCount, droppedByRetention, kind: storage } = store;
  return {
    recordCount,
    spanCount,
    droppedByRetention,
    storage,
    receiverUrl,
    version: packageVersion,
  };
}

function urlOf({ port }: Listening): string {
  return `http://127.0.0.1:${port}`;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
