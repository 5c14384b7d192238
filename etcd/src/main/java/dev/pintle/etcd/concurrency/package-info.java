/// The services `v3lockpb.Lock` and `v3electionpb.Election`: whoever has the key that was created first under a name has the lock, or
/// leads.
///
/// A [Candidacy] is one client's way to that place. Those that must wait stand in the [CreationQueue] of their prefix, which watches
/// the prefix once for all of them; no thread waits. An [Observation] is a stream that tells who leads.
@NullMarked
package dev.pintle.etcd.concurrency;

import org.jspecify.annotations.NullMarked;
