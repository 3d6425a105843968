import type { Status } from '../api.js';
import type { View } from './address.js';
import { count, counted } from './format.js';
import { Icon, type IconName } from './icon.js';
import type { Tail } from './tail.js';
import type { Theme } from './theme.js';

interface TopBarProps {
  readonly view: View;
  readonly tail: Tail;
  readonly status: Status | null;
  readonly theme: Theme;
  readonly exportUrl: string;
  readonly onPage: (page: View['page']) => void;
  readonly onPause: () => void;
  readonly onClear: () => void;
  readonly onTheme: () => void;
  readonly onHelp: () => void;
}

export function TopBar(props: TopBarProps) {
  const { view, tail, onPage } = props;
  return (
    <header class="top-bar">
      <h1>
        otel-register <span>view</span>
      </h1>
      <nav aria-label="Views">
        <Tab page="records" label="Records" view={view} onPage={onPage} />
        <Tab page="call-sites" label="Call sites" view={view} onPage={onPage} />
      </nav>
      <span class="grow" />
      <Counts status={props.status} />
      <ConnectionState tail={tail} />
      <Tools {...props} />
    </header>
  );
}

function Tools({ tail, theme, exportUrl, onPause, onClear, onTheme, onHelp }: TopBarProps) {
  return (
    <div class="tools" role="toolbar" aria-label="Tools">
      <Tool
        icon={tail.isPaused ? 'play' : 'pause'}
        label={tail.isPaused ? 'Go on (space)' : 'Pause (space)'}
        isPressed={tail.isPaused}
        onClick={onPause}
      />
      <a
        class="icon tool"
        href={exportUrl}
        download="records.ndjson"
        title="Export what the filter lets through, as NDJSON"
        aria-label="Export as NDJSON"
      >
        <Icon name="export" />
      </a>
      <Tool icon="clear" label="Delete all records" onClick={onClear} />
      <Tool icon={theme} label={`Colours: ${theme}`} onClick={onTheme} />
      <Tool icon="help" label="Keys (?)" onClick={onHelp} />
    </div>
  );
}

interface TabProps {
  readonly page: View['page'];
  readonly label: string;
  readonly view: View;
  readonly onPage: (page: View['page']) => void;
}

function Tab({ page, label, view, onPage }: TabProps) {
  const isHere = view.page === page;
  return (
    <button type="button" aria-current={isHere ? 'page' : undefined} onClick={() => onPage(page)}>
      {label}
    </button>
  );
}

interface ToolProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isPressed?: boolean;
  readonly onClick: () => void;
}

function Tool({ icon, label, isPressed, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class="icon tool"
      title={label}
      aria-label={label}
      aria-pressed={isPressed}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function Counts({ status }: { status: Status | null }) {
  if (status === null) return null;
  const { recordCount, droppedByRetention, storage } = status;
  const dropped =
    droppedByRetention === 0 ? '' : `, ${count(droppedByRetention)} older ones were let go`;
  return (
    <span class="counts" title={`Kept in ${storage === 'memory' ? 'memory' : 'SQLite'}${dropped}`}>
      {counted(recordCount, 'record')}
      {droppedByRetention > 0 && <span class="hint"> (oldest let go)</span>}
    </span>
  );
}

const STATES = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Disconnected',
  off: 'Not live',
} as const;

function ConnectionState({ tail }: { tail: Tail }) {
  const isPaused = tail.isPaused && tail.connection === 'live';
  const state = isPaused ? 'paused' : tail.connection;
  return (
    <output class={`connection ${state}`}>
      <i aria-hidden="true" />
      <span class="state">{isPaused ? 'Paused' : STATES[tail.connection]}</span>
      <span class="rate" aria-hidden="true">
        {tail.connection === 'live' && `${count(tail.rate.perSecond())}/s`}
      </span>
    </output>
  );
}
