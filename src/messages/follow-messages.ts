import type { MessagesConfig } from '../config/messages.js';
import type { Outgoing } from '../propagation/outgoing.js';
import { amendCommands } from './amend-commands.js';
import { bindMessages } from './bind-messages.js';
import { followBullmq } from './bullmq.js';
import { JobRunner, type JobRunnerOptions } from './job-runner.js';
import { MessageBindings } from './message-bindings.js';
import { MessageFields } from './message-fields.js';

export interface FollowMessagesOptions
  extends Pick<MessagesConfig, 'contextKeys' | 'hasTracePerAttempt' | 'redisCarriers'>,
    Pick<JobRunnerOptions, 'context' | 'tracing' | 'ownManager'> {
  /** What is to be told here and now. */
  outgoing(): Outgoing | undefined;
}

/**
 * Lets what goes on in a program go on where its messages and jobs are handled.
 *
 * @returns For messages that the program takes by itself.
 */
export function followMessages(options: FollowMessagesOptions): MessageBindings {
  const fields = new MessageFields(options.contextKeys);
  const bindings = new MessageBindings({ ...options, fields });
  bindMessages({ ...options, fields, bindings });
  followBullmq({ ...options, runner: new JobRunner({ ...options, fields }) });
  if (options.redisCarriers.length > 0) amendCommands(options);
  return bindings;
}
