import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeLogs, type ReceivedLog } from '../../src/receiver/received-log.js';
import { decodeSpans, type ReceivedSpan } from '../../src/receiver/received-span.js';
import { answer, type Behaviour, isAccepting } from './behaviour.js';
import { decodeMetrics, type ReceivedMetric } from './received-metric.js';
import {
  type Intake,
  LOGS_PATH,
  METRICS_PATH,
  type ReceivedRequest,
  TRACES_PATH,
  takeIn,
} from './received-request.js';
import { Waiters } from './waiters.js';

export interface ReceiverOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  readonly behaviour?: Behaviour;
}

export type Condition = number | ((receiver: Receiver) => boolean);

const WAIT_TIMEOUT_MS = 10_000;

/** Starts an OTLP/HTTP receiver (protobuf; logs, traces and metrics) on 127.0.0.1. */
export async function createReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = new Receiver(options);
  await receiver.reopen();
  return receiver;
}

/** Keeps what it is sent in memory, and answers as it is told to. */
export class Receiver {
  readonly requests: ReceivedRequest[] = [];
  /** Connections opened so far: 1 if the sender keeps its connection alive. */
  connectionCount = 0;

  readonly #server = createServer((incoming, response) => void this.#serve(incoming, response));
  readonly #waiters = new Waiters();
  readonly #logs = new LazyList(decodeLogs);
  readonly #spans = new LazyList(decodeSpans);
  readonly #metrics = new LazyList(decodeMetrics);
  #port: number;
  #behaviour: Behaviour;
  #next: Behaviour[] = [];
  #stop = new AbortController();

  constructor({ port = 0, behaviour = {} }: ReceiverOptions) {
    this.#port = port;
    this.#behaviour = behaviour;
    this.#server.on('connection', () => {
      this.connectionCount++;
      this.#waiters.check();
    });
  }

  get port(): number {
    return this.#port;
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` takes: without a path. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Log records of the accepted requests, in order of acceptance. Decoded when first read. */
  get records(): readonly ReceivedLog[] {
    return this.#logs.items;
  }

  /** Spans of the accepted requests, as `records`. */
  get spans(): readonly ReceivedSpan[] {
    return this.#spans.items;
  }

  /** Metrics of the accepted requests, as `records`: one for each time it was told. */
  get metrics(): readonly ReceivedMetric[] {
    return this.#metrics.items;
  }

  /** As `records.length`, without decoding them. */
  countRecords(): number {
    return this.#logs.count;
  }

  /** Bytes of all request bodies on the wire. */
  countBytes(): number {
    return this.requests.reduce((sum, { wireBytes }) => sum + wireBytes, 0);
  }

  /** Answers like this from now on, or only the `times` next requests. */
  behave(behaviour: Behaviour, times?: number): void {
    if (times === undefined) {
      this.#behaviour = behaviour;
      this.#next = [];
    } else {
      this.#next.push(...Array.from({ length: times }, () => behaviour));
    }
  }

  /**
   * Resolves with this receiver when it has that many records, or when the condition holds: it is
   * asked after each connection, request and answer. Rejects after the timeout, saying what did arrive.
   */
  async waitFor(condition: Condition, timeoutMs = WAIT_TIMEOUT_MS): Promise<this> {
    const isMet =
      typeof condition === 'number'
        ? () => this.countRecords() >= condition
        : () => condition(this);
    const wanted = typeof condition === 'number' ? `${condition} records` : String(condition);

    await this.#waiters.wait(isMet, timeoutMs, () => this.#describe(wanted, timeoutMs));
    return this;
  }

  /** Refuses connections, and cuts those that are open, until `reopen()`. What came is kept. */
  async refuse(): Promise<void> {
    this.#stop.abort();
    if (!this.#server.listening) return;

    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  /** Listens again, on the same port. */
  async reopen(): Promise<void> {
    this.#stop = new AbortController();
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    await this.refuse();
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const behaviour = this.#next.shift() ?? this.#behaviour;
    if (behaviour.drop === 'headers') {
      incoming.socket.destroy();
      return;
    }

    const intake = await takeIn(incoming);
    if (!intake) return;
    const index = this.requests.push(intake.request) - 1;
    this.#waiters.check();

    if (behaviour.drop) incoming.socket.destroy();
    if (behaviour.drop || behaviour.hang || !(await this.#delay(behaviour))) return;
    this.#answer(response, intake, behaviour, index);
  }

  #answer(response: ServerResponse, intake: Intake, asked: Behaviour, index: number): void {
    const { request, fault } = intake;
    const behaviour = fault ?? asked;

    this.requests[index] = { ...request, status: behaviour.status ?? 200 };
    if (isAccepting(behaviour)) this.#keep(request);
    answer(response, behaviour);
    this.#waiters.check();
  }

  #keep({ path, body, recordCount }: ReceivedRequest): void {
    if (path === LOGS_PATH) this.#logs.add(body, recordCount);
    if (path === TRACES_PATH) this.#spans.add(body, recordCount);
    if (path === METRICS_PATH) this.#metrics.add(body, recordCount);
  }

  // False if the receiver was closed meanwhile.
  async #delay({ delayMs = 0 }: Behaviour): Promise<boolean> {
    const { signal } = this.#stop;
    if (delayMs > 0) await sleep(delayMs, undefined, { signal }).catch(() => {});
    return !signal.aborted;
  }

  #describe(wanted: string, timeoutMs: number): string {
    const statuses = this.requests.map(({ status }) => status ?? 'unanswered');
    return (
      `Waited ${timeoutMs} ms for ${wanted}; got ${this.countRecords()} records` +
      ` in ${statuses.length} requests (${statuses.slice(-10).join(', ')}).`
    );
  }
}

// Decoding costs the receiver more than the sender spends on encoding, and the two share a machine
// under test: it waits until someone looks.
class LazyList<Item> {
  count = 0;
  readonly #decode: (body: Uint8Array) => Item[];
  readonly #items: Item[] = [];
  #bodies: Uint8Array[] = [];

  constructor(decode: (body: Uint8Array) => Item[]) {
    this.#decode = decode;
  }

  get items(): readonly Item[] {
    const bodies = this.#bodies;
    this.#bodies = [];
    for (const body of bodies) for (const item of this.#decode(body)) this.#items.push(item);
    return this.#items;
  }

  add(body: Uint8Array, count: number): void {
    this.#bodies.push(body);
    this.count += count;
  }
}
