/// A store as etcd keeps one in a bbolt file: what `Snapshot` streams and `etcdutl` restores, and what either of them, or a data
/// folder's `member/snap/db`, brings in.
///
/// [SnapshotBuckets] tells a [dev.pintle.kernel.state.StoredState] as etcd's buckets, and [SnapshotFile] reads such buckets; what a
/// record looks like is in [EtcdRecords], for both. [SnapshotCall] is the streaming of one, no faster than [SnapshotPace] says.
/// Users, roles and their permissions are the buckets `auth`, `authUsers` and `authRoles`, out and in by [AuthBuckets].
@NullMarked
package dev.pintle.etcd.snapshot;

import org.jspecify.annotations.NullMarked;
