/// Compaction that nobody asks for, as etcd does it by `--auto-compaction-mode` and `--auto-compaction-retention`: [AutoCompaction]
/// is the wish, [PeriodicCompactor] and [RevisionCompactor] carry it out, step by step and by the member's clock.
@NullMarked
package dev.pintle.etcd.compaction;

import org.jspecify.annotations.NullMarked;
