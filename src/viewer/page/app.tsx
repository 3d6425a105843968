import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallSite, ViewedRecord } from '../api.js';
import { askTerm, callSiteFilter } from './ask.js';
import { CallSites } from './call-sites.js';
import { Detail } from './detail.js';
import { ClearDialog, HelpDialog } from './dialogs.js';
import { FilterBar } from './filter-bar.js';
import { withTerm } from './filter-terms.js';
import { HistogramView } from './histogram.js';
import { useKeyboard } from './keyboard.js';
import { isGap, type Row } from './record-window.js';
import { Records } from './records.js';
import { clearRecords, exportUrl } from './requests.js';
import { useTheme } from './theme.js';
import { boundsOf, isOpenEnded, rangeToText } from './time-range.js';
import { TopBar } from './top-bar.js';
import { TraceView } from './trace-view.js';
import { useOverview } from './use-overview.js';
import { useTail } from './use-tail.js';
import { type Go, useView } from './use-view.js';

export function App() {
  const [view, go] = useView();
  const theme = useTheme();
  const [dialog, setDialog] = useState<'help' | 'clear' | null>(null);
  const [selectedId, select] = useState(view.recordId);
  const [traceRows, setTraceRows] = useState<readonly ViewedRecord[]>([]);
  const filterInput = useRef<HTMLInputElement>(null);
  const tail = useTail();
  const { filter, range, recordId, traceId } = view;
  const asked = [filter, rangeToText(range)] as const;

  const queryNow = () => ({ filter, ...boundsOf(range, Date.now()) });
  useEffect(() => {
    tail.open(queryNow, isOpenEnded(range), traceId === null ? recordId : null);
  }, asked);
  useEffect(() => select(id => recordId ?? id), [recordId]);
  const overview = useOverview(queryNow, asked);

  const rows: readonly Row[] = traceId === null ? tail.window.rows : traceRows;
  const find = (id: number | null) =>
    rows.find((row): row is ViewedRecord => row.id === id && !isGap(row));
  const open = ({ id }: ViewedRecord) => {
    tail.stopFollowing();
    select(id);
    go({ recordId: id }, recordId !== null);
  };
  const openTrace = (id: string | null | undefined) => {
    if (!id) return;
    tail.stopFollowing();
    go({ traceId: id, page: 'records' });
  };
  const ask = (path: string, value: string, isExcluded: boolean) => {
    go({
      filter: withTerm(filter, askTerm(path, value, isExcluded)),
      traceId: null,
      recordId: null,
    });
  };
  const pause = () => tail.togglePause();
  useKeyboard({
    filter: () => filterInput.current?.select(),
    move: by => {
      const record = neighbour(rows, selectedId, by);
      if (!record) return;
      tail.stopFollowing();
      select(record.id);
      if (recordId !== null) go({ recordId: record.id }, true);
    },
    open: () => {
      const record = find(selectedId);
      if (record) open(record);
    },
    back: () => goBack(view, go),
    trace: () => openTrace(find(selectedId)?.traceId),
    pause,
    newest: () => {
      select(null);
      tail.follow();
    },
    oldest: () => {
      tail.stopFollowing();
      select(rows[0]?.id ?? null);
    },
    callSites: () =>
      go({ page: view.page === 'records' ? 'call-sites' : 'records', traceId: null }),
    help: () => setDialog('help'),
  });

  return (
    <>
      <TopBar
        {...{ view, tail }}
        theme={theme.chosen}
        status={overview.status}
        exportUrl={exportUrl(queryNow())}
        onPage={page => go({ page, traceId: null, recordId: null })}
        onPause={pause}
        onClear={() => setDialog('clear')}
        onTheme={theme.next}
        onHelp={() => setDialog('help')}
      />
      <FilterBar
        {...{ filter, range }}
        facets={overview.facets}
        input={filterInput}
        onFilter={(text, isTyping) => go({ filter: text, traceId: null, recordId: null }, isTyping)}
        onRange={chosen => go({ range: chosen, recordId: null })}
      />
      {traceId === null && overview.status?.recordCount !== 0 && (
        <HistogramView
          histogram={overview.histogram}
          theme={theme.shown}
          onRange={(fromMs, toMs) =>
            go({ range: { kind: 'between', fromMs, toMs }, recordId: null })
          }
        />
      )}
      <main class={recordId === null ? '' : 'with-detail'}>
        {traceId !== null ? (
          <TraceView
            {...{ traceId, selectedId }}
            onSelect={open}
            onRows={setTraceRows}
            onClose={() => go({ traceId: null })}
          />
        ) : view.page === 'call-sites' ? (
          <CallSites
            queryNow={queryNow}
            asked={asked}
            onChoose={site => chooseSite(site, filter, go)}
          />
        ) : (
          <Records {...{ tail, view, selectedId, go }} status={overview.status} onSelect={open} />
        )}
        {recordId !== null && (
          <Detail
            id={recordId}
            listed={find(recordId)}
            onAsk={ask}
            onTrace={openTrace}
            onClose={() => go({ recordId: null })}
          />
        )}
      </main>
      {dialog === 'help' && <HelpDialog onClose={() => setDialog(null)} />}
      {dialog === 'clear' && (
        <ClearDialog
          recordCount={overview.status?.recordCount ?? 0}
          onClear={async () => {
            await clearRecords();
            go({ recordId: null, traceId: null });
            overview.refresh();
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function neighbour(rows: readonly Row[], id: number | null, by: number): ViewedRecord | undefined {
  const found = rows.findIndex(row => row.id === id);
  let at = found < 0 ? (by > 0 ? 0 : rows.length - 1) : found + by;
  if (found < 0) at = rows.length - 1;
  while (rows[at] !== undefined && isGap(rows[at]!)) at += by;
  return rows[at] as ViewedRecord | undefined;
}

function goBack(
  view: { recordId: number | null; traceId: string | null; page: string },
  go: Go,
): void {
  if (view.recordId !== null) go({ recordId: null });
  else if (view.traceId !== null) go({ traceId: null });
  else if (view.page !== 'records') go({ page: 'records' });
}

function chooseSite(site: CallSite, filter: string, go: Go): void {
  go({ filter: callSiteFilter(filter, site), page: 'records', recordId: null });
}
