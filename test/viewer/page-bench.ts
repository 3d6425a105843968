import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import type { Test } from 'uvu';
import { createViewer, type Viewer } from '../../src/viewer/viewer.js';
import { REPOSITORY } from '../helpers/repository.js';
import { type Line, logsRequest, type Span, spansRequest } from './otlp-request.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
/** Other tests may have both cores. */
const PATIENCE_MS = 60_000;

export interface PageBench {
  readonly page: Page;
  readonly pageUrl: string;
  send(lines: readonly Line[]): Promise<void>;
  sendSpans(spans: readonly Span[]): Promise<void>;
  open(search?: string): Promise<void>;
  /** The texts of the messages that are in the document, in their order. */
  messages(): Promise<string[]>;
  /** Until the page holds this selector. */
  see(selector: string): Promise<void>;
  /** Until the list has so many rows in the document. */
  rows(count: number): Promise<void>;
  /** What the console said, was thrown, or was asked of other servers: has to stay empty. */
  readonly troubles: string[];
  /** Takes those out that a test brings about. */
  forgive(pattern: RegExp): void;
}

interface BenchOptions {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: 'dark' | 'light';
  /** As of a phone, that no mouse points at. */
  readonly isTouch?: boolean;
}

let browser: Promise<Browser> | undefined;

type OnPage = (
  claim: string,
  check: (bench: PageBench) => Promise<void>,
  options?: BenchOptions,
) => void;

/** Adds tests to a suite that have a viewer and a page of their own; skipped without Chromium. */
export function pageTests(test: Test): OnPage {
  const isThere = hasChromium();
  if (!isThere) console.log(`skipped: no Chromium at ${CHROMIUM}`);
  // The next file of this process starts its own.
  test.after(async () => {
    await (await browser)?.close();
    browser = undefined;
  });
  return (claim, check, options) => {
    if (isThere) test(claim, () => withPage(check, options));
    else test.skip(claim);
  };
}

function hasChromium(): boolean {
  try {
    accessSync(CHROMIUM, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function withPage(
  check: (bench: PageBench) => Promise<void>,
  options: BenchOptions = {},
): Promise<void> {
  const viewer = await startViewer();
  browser ??= chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  const { width = 1440, height = 900, colorScheme = 'dark', isTouch = false } = options;
  const context = await (await browser).newContext({
    viewport: { width, height },
    colorScheme,
    hasTouch: isTouch,
    isMobile: isTouch,
    acceptDownloads: true,
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const bench = benchOf(viewer, page);
    await check(bench);
    if (bench.troubles.length > 0) throw new Error(bench.troubles.join('\n'));
  } finally {
    await context.close();
    await viewer.close();
  }
}

export function startViewer(uiPort = 0): Promise<Viewer> {
  return createViewer({
    port: 0,
    uiPort,
    hasPage: true,
    file: undefined,
    maxRecords: 1_000_000,
    maxBytes: undefined,
    pageFolder: join(REPOSITORY, 'dist/viewer'),
    onEntries: () => {},
    say: text => console.error(text),
  });
}

function benchOf({ receiverUrl, pageUrl }: Viewer, page: Page): PageBench {
  const troubles = troublesOf(page, pageUrl!);
  return {
    page,
    pageUrl: pageUrl!,
    send: lines => post(`${receiverUrl}/v1/logs`, logsRequest(lines)),
    sendSpans: spans => post(`${receiverUrl}/v1/traces`, spansRequest(spans)),
    async open(search = '') {
      await page.goto(`${pageUrl}/${search}`);
      await page.waitForSelector('.connection.live, .connection.off');
    },
    messages: () => page.locator('.canvas .message').allTextContents(),
    see: async selector => void (await page.waitForSelector(selector)),
    rows: async count => {
      const tooMany = `:has(> .row:nth-child(${count + 1}))`;
      await page.waitForSelector(`.canvas:has(> .row:nth-child(${count})):not(${tooMany})`);
    },
    troubles,
    forgive(pattern) {
      const kept = troubles.filter(trouble => !pattern.test(trouble));
      troubles.splice(0, troubles.length, ...kept);
    },
  };
}

function troublesOf(page: Page, pageUrl: string): string[] {
  const troubles: string[] = [];
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) troubles.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => troubles.push(`thrown: ${error.stack}`));
  page.on('request', request => {
    if (!request.url().startsWith(`${pageUrl}/`)) troubles.push(`asked: ${request.url()}`);
  });
  return troubles;
}

/** As the browser computed it. */
export function styleOf(locator: Locator, property: string): Promise<string> {
  return locator.evaluate((element, name) => {
    const compute = Reflect.get(globalThis, 'getComputedStyle');
    return compute(element)[name] as string;
  }, property);
}

export async function post(url: string, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body });
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
}
