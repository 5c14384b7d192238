/// A member of this process: the steps of [dev.pintle.member.core.MemberCore], the leases and the watchers, on threads of
/// their own, over a folder that nobody else may use. [LocalMember] is the entry; it closes all in reverse.
///
/// | Thread | What it does |
/// |---|---|
/// | `pintle-log` | makes batches durable |
/// | `pintle-apply` | owns the keyspace, publishes, answers |
/// | `pintle-watch` | owns the watchers, calls their sinks |
/// | `pintle-history` | reads storage for watchers that are far behind |
/// | `pintle-clock` | ends leases |
/// | `pintle-checkpoint` | flushes storage and shortens the log |
@NullMarked
package dev.pintle.member.local;

import org.jspecify.annotations.NullMarked;
