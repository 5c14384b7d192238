/// One running member: log, batches, apply loop, expiry, compaction, snapshots.
@NullMarked
package dev.pintle.member;

import org.jspecify.annotations.NullMarked;
