/// The KV service: put, range, delete, transaction, compaction.
///
/// [KvService] is the entry. A call is decoded by the class of its message (`PutMessages`, …) into the kernel's words,
/// checked, handed to the member once, and what comes back is encoded by the same class.
@NullMarked
package dev.pintle.etcd.kv;

import org.jspecify.annotations.NullMarked;
