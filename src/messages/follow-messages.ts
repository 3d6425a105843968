import type { PropagationConfig } from '../config/propagation.js';
import type { Outgoing } from '../propagation/outgoing.js';
import { bindMessages } from './bind-messages.js';
import { followBullmq } from './bullmq.js';
import { JobRunner, type JobRunnerOptions } from './job-runner.js';
import { MessageFields } from './message-fields.js';

export interface FollowMessagesOptions
  extends Pick<PropagationConfig, 'contextKeys' | 'hasTracePerAttempt' | 'redisCarriers'>,
    Pick<JobRunnerOptions, 'context' | 'tracing' | 'ownManager'> {
  /** What is to be told here and now. */
  outgoing(): Outgoing | undefined;
}

/** Lets what goes on in a program go on where its messages and jobs are handled. */
export function followMessages(options: FollowMessagesOptions): void {
  const fields = new MessageFields(options.contextKeys);
  bindMessages({ ...options, fields });
  followBullmq({ ...options, runner: new JobRunner({ ...options, fields }) });
}
