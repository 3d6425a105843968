import { ClearDialog, HelpDialog } from './dialogs.js';
import { clearRecords } from './requests.js';
import type { Overview } from './use-overview.js';

export type DialogName = 'help' | 'clear';

interface OpenDialogProps {
  readonly name: DialogName | null;
  readonly overview: Overview;
  readonly onCleared: () => void;
  readonly onClose: () => void;
}

/** At most one is open. */
export function OpenDialog({ name, overview, onCleared, onClose }: OpenDialogProps) {
  if (name === null) return null;
  if (name === 'help') return <HelpDialog onClose={onClose} />;
  return (
    <ClearDialog
      recordCount={overview.status?.recordCount ?? 0}
      onClear={async () => {
        await clearRecords();
        onCleared();
        overview.refresh();
      }}
      onClose={onClose}
    />
  );
}
