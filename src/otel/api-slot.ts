import type { ContextManager, LoggerProvider, TracerProvider } from '@opentelemetry/api';
import { callerOf } from './calling-package.js';
import { SlotOffers, type SlotOffersOptions } from './slot-offers.js';

// Every 1.x copy of @opentelemetry/api meets the others in one global object. The copy that writes
// first fixes that object's version; a copy of any other version can then not register anything,
// and says so to nobody. So this file never creates that object. It watches the slot and puts our
// logs provider before those who only look. Why and how far: notes/otel-globals.md.
//
//   reading copy:      get slot, [.version], .logs                → our provider
//   registering copy:  get slot, set slot, .logs, .version, .logs = → "not taken", then theirs
//
// So a `.logs` right after a `set` is a registrar asking, after a `get` a reader.

const SLOT = Symbol.for('opentelemetry.js.api.1');
const globals = globalThis as unknown as Record<symbol, unknown>;
const API_PACKAGE = '@opentelemetry/api';
const OWN_PACKAGE = '@emp/otel-register';

/** `api.logs` exists from this minor on; older objects can't be read by a copy that knows it. */
const FIRST_MINOR_WITH_LOGS = 10;
/** Readers accept any minor not below their own. */
const READABLE_VERSION = '1.999.0';
/**
 * How many getters, at about 4 µs when cold, are looked at one by one. Registration happens during start:
 * within this number it is recognised by its caller and never sees an object of ours.
 */
const MAX_LOOKS = 256;

/** What the application's own copy of the api put into the slot. */
export interface RegisteredApi {
  readonly version?: unknown;
  readonly context?: ContextManager;
  readonly trace?: TracerProvider;
  readonly [type: string]: unknown;
}

export interface ApiSlot {
  /** The application's own object, undefined while it has registered nothing. */
  readonly registered: RegisteredApi | undefined;
  /** The exact version of the api that registered it. */
  readonly registeredVersion: string | undefined;
  /** The logs provider the application registered: it wins over ours. */
  readonly claimedLogs: LoggerProvider | undefined;
  /** The tracer provider the application registered. */
  readonly claimedTracers: TracerProvider | undefined;
  /** Leaves the slot as if we had never been there. */
  release(): void;
}

/** Watches the global of `@opentelemetry/api` 1.x, and answers those who read it. */
export function observeApiSlot(options: SlotOffersOptions): ApiSlot {
  const presented = {};
  let offeredTo: object | undefined;
  let answer: unknown = globals[SLOT];
  // Anything but the plain answer is behind this one flag: `context.active()` comes by here.
  let isWatched = true;
  let isSetting = false;
  let isOwnRead = false;
  let isReadable = false;
  let looksLeft = MAX_LOOKS;
  let registrarVersion: string | undefined;
  const offers = new SlotOffers(
    options,
    () => !isSetting && isInPlace(),
    api => {
      if (api !== presented) stepAside();
    },
  );

  const accessor = {
    configurable: true,
    enumerable: true,
    get(): unknown {
      return isWatched ? watchedGet() : answer;
    },
    set(value: unknown): void {
      isSetting = true;
      isWatched = true;
      if (value === presented) greetRegistrar();
      else if (value !== answer) adopt(value);
    },
  };

  Object.defineProperty(presented, 'version', {
    enumerable: true,
    get: () => (isSetting && registrarVersion) || READABLE_VERSION,
  });
  offers.offerOn(presented, true);
  if (Reflect.defineProperty(globals, SLOT, accessor) && answer !== undefined) adopt(answer);

  function watchedGet(): unknown {
    if (isOwnRead) return answer;
    if (isSetting) settle();
    isSetting = false;
    if (answer === undefined && looksLeft > 0) return look();

    isWatched = false;
    return answer;
  }

  function look(): unknown {
    const caller = callerOf(accessor.get);
    // Our own SDK reads the active context through its own copy of the api.
    if (caller?.packageName === OWN_PACKAGE) return undefined;

    looksLeft -= 1;
    // An api bundled into the application may be registered later, and then nobody can tell the
    // version it insists on. Better no logs from other copies than no tracing in this one.
    if (caller?.packageName !== API_PACKAGE) {
      looksLeft = 0;
      return undefined;
    }
    const mayRead = offers.hasTracing || hasLogs(caller.packageVersion);
    const isReader = caller.functionName === 'getGlobal' && mayRead;
    if (isReader) isReadable = true;
    if (looksLeft === 0 && isReadable) answer = presented;
    return isReader ? presented : undefined;
  }

  function greetRegistrar(): void {
    registrarVersion = registrarOf(accessor.set);
    // Refused, because it came late and bundled. Its next registrations find the slot empty.
    if (registrarVersion === undefined) answer = undefined;
  }

  // A registrar took our object for the global one. What it wrote moves to an object of its own,
  // as it would have made it: ours has no fixed version, and 1.10 remembers what it once accepted.
  function settle(): void {
    if (registrarVersion === undefined) return;
    const written = Object.entries(Object.getOwnPropertyDescriptors(presented)).filter(
      ([, property]) => 'value' in property,
    );
    if (written.length === 0) return;

    const api: Record<string, unknown> = { version: registrarVersion };
    for (const [type, property] of written) api[type] = property.value;
    registrarVersion = undefined;
    adopt(api);
  }

  function adopt(api: unknown): void {
    answer = api;
    looksLeft = 0;
    const isOffered = isObject(api) && offers.offerOn(api, hasLogs(api.version));
    if (isOffered) offeredTo = api;
    else stepAside();
  }

  // Nothing left to offer: an ordinary property costs the application least.
  function stepAside(): void {
    if (isInPlace()) replace(globals, SLOT, answer);
  }

  function isInPlace(): boolean {
    return Object.getOwnPropertyDescriptor(globals, SLOT)?.get === accessor.get;
  }

  // Through the global, because the application may have deleted or replaced what we saw last.
  function registered(): RegisteredApi | undefined {
    isOwnRead = true;
    try {
      const api = globals[SLOT];
      return isObject(api) && api !== presented ? api : undefined;
    } finally {
      isOwnRead = false;
    }
  }

  return {
    get registered() {
      return registered();
    },
    get registeredVersion() {
      const version = registered()?.version;
      return typeof version === 'string' ? version : undefined;
    },
    get claimedLogs() {
      return offers.claimedLogs;
    },
    get claimedTracers() {
      return offers.hasTracing ? undefined : registered()?.trace;
    },
    release() {
      const api = registered();
      if (api && api === offeredTo) offers.takeBack(api);
      if (!isInPlace()) return;
      stepAside();
      if (api === undefined) Reflect.deleteProperty(globals, SLOT);
    },
  };
}

function registrarOf(setter: (value: unknown) => void): string | undefined {
  const caller = callerOf(setter);
  return caller?.packageName === API_PACKAGE ? caller.packageVersion : undefined;
}

function hasLogs(version: unknown): boolean {
  const minor = typeof version === 'string' && /^1\.(\d+)\./.exec(version)?.[1];
  return Number(minor) >= FIRST_MINOR_WITH_LOGS;
}

function isObject(value: unknown): value is RegisteredApi {
  return typeof value === 'object' && value !== null;
}

function replace(target: object, key: PropertyKey, value: unknown): void {
  Reflect.defineProperty(target, key, {
    configurable: true,
    enumerable: true,
    writable: true,
    value,
  });
}
