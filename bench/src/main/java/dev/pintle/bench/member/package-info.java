/// The member alone, without a wire: what the log, the keyspace, storage and the watch hub cost.
@NullMarked
package dev.pintle.bench.member;

import org.jspecify.annotations.NullMarked;
