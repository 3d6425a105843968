export type Status = 'ok' | 'warning' | 'failure';

/** What one look has shown. Plain data: `--json` prints it as it is. */
export interface Finding {
  /** Stays the same from release to release. */
  readonly id: string;
  readonly status: Status;
  /** What was found, in one sentence or less. */
  readonly says: string;
  /** What that means for the records. */
  readonly means?: string;
  /** What to do. */
  readonly todo?: string;
}

export interface Section {
  readonly title: string;
  readonly findings: readonly Finding[];
}

type Rest = Pick<Finding, 'means' | 'todo'>;

export function ok(id: string, says: string, rest: Rest = {}): Finding {
  return { id, status: 'ok', says, ...rest };
}

export function warning(id: string, says: string, rest: Rest = {}): Finding {
  return { id, status: 'warning', says, ...rest };
}

export function failure(id: string, says: string, rest: Rest = {}): Finding {
  return { id, status: 'failure', says, ...rest };
}

export function worstOf(findings: readonly Finding[]): Status {
  const has = (status: Status) => findings.some(finding => finding.status === status);
  return has('failure') ? 'failure' : has('warning') ? 'warning' : 'ok';
}
