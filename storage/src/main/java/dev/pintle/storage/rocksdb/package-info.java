/// The default backend: RocksDB, one column family per bucket, no log of its own.
///
/// The member's commit log stands in front of the store, so RocksDB writes none; its memtables are flushed all together
/// (`atomic_flush`), so a crash leaves the batches up to some point, whole. Revisions only grow: new files lie behind old
/// ones, level compaction moves them instead of rewriting them, and only what was compacted away is ever rewritten.
///
/// Native memory is freed under the feet of nobody: every call passes a [Gate], which closing waits for. After a failure that
/// RocksDB does not get over by itself, [ReopenableDatabase] opens the folder anew behind the same objects.
@NullMarked
package dev.pintle.storage.rocksdb;

import org.jspecify.annotations.NullMarked;
