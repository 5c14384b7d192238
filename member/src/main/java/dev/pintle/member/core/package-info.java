/// The work of a member, step by step and without a thread of its own: [MemberCore] is driven by the threads of a
/// running member or, one step at a time, by a simulation.
///
/// A command travels: [SubmitQueue] (bounded) → [LogStage] (everything queued becomes one frame, forced once) →
/// [ApplyStage] (the kernel evaluates, one storage batch, one new [View], the deltas to the watchers, the answers).
/// [Recovery] is the same road at the start, [Checkpoint] the way to keep it short.
///
/// | State | Who writes | Who reads |
/// |---|---|---|
/// | submit queue | any thread, without a lock | the log's thread |
/// | log batch, log | the log's thread | nobody |
/// | keyspace, storage batch | the applying thread | nobody |
/// | newest [View] | the applying thread | any thread, a volatile reference |
/// | [ValueCache] | any thread, slots replaced whole | any thread |
///
/// When the log or the store fails, nothing stops for good: [LogStage] tries the log anew at every batch, [StoreRecovery] the store
/// once a second. One lock keeps a checkpoint and the return of the store apart; nobody waits for it while all is well.
@NullMarked
package dev.pintle.member.core;

import org.jspecify.annotations.NullMarked;
