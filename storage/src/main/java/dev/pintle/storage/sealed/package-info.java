/// Encryption at rest: AES-256-GCM over the values of any backend, and over whatever else a member leaves on disk.
///
/// A [KeyFile] holds the user's keys. No data is encrypted with one of them directly: each start draws a random number, writes it down
/// ([SealFile]), and derives from the key and that number the key of an *epoch*. Within an epoch a counter is the nonce. So no
/// pair of key and nonce comes twice, whatever is restored from a copy, and no bound on the number of messages is ever near.
///
/// [SealedKv] leaves the keys of buckets as they are: they are revision numbers, lease ids and the names of a handful of facts. What
/// clients call their keys lies in the values.
@NullMarked
package dev.pintle.storage.sealed;

import org.jspecify.annotations.NullMarked;
