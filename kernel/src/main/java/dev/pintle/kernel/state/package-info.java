/// The state machine of the store: what a command does to keys, leases and revisions.
///
/// [Keyspace] is the writing side, owned by one thread: `apply` each command of a batch, `seal` the batch, commit it to
/// storage, then `publish`. Publishing answers a [KeyspaceRoot], the reading side: immutable, for any thread. Values are not
/// here but where a [dev.pintle.kernel.keyspace.RecordReader] finds them.
///
/// Read in this order: [KeyspaceRoot], [RangeEvaluation], [Keyspace], [WriteTxn], [TxnEvaluation]. [TxnRules] is for surfaces:
/// what a transaction may not look like.
@NullMarked
package dev.pintle.kernel.state;

import org.jspecify.annotations.NullMarked;
