/// The backend `s3`: the store in a bucket that speaks the S3 protocol, with all of it at hand in a local cache.
///
/// A flush writes what changed since the last one as immutable [Segment]s, sorted by key, and then the [Manifest], which names the segments that
/// count, in order. The manifest is replaced only where it is still the one that was read (`If-Match`), so two programs on one bucket
/// notice each other, and neither takes back what the other wrote. Reads never leave the machine: [ObjectKv] keeps the whole in a
/// RocksDB of its own, which is made anew from the segments at each start; segments that were fetched or written are kept as files.
@NullMarked
package dev.pintle.objectstore;

import org.jspecify.annotations.NullMarked;
