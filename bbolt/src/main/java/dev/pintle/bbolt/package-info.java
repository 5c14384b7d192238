/// The file format of bbolt, version 2: pages that make B+ trees, trees that make buckets, buckets within buckets. Nothing here
/// knows what the keys and values mean.
///
/// [BboltWriter] writes a whole file as one stream, from content that is told twice: once to learn how many pages it takes, which
/// the file says at its beginning, and once to write them. [BboltFile] reads one that anybody may have made or damaged, and says
/// in a [BboltDamage] which page is wrong and how. Read: [BboltWriter], [BucketContent], [BboltFile], [BboltBucket].
///
/// Source of the format: go.etcd.io/bbolt 1.5, its packages `internal/common` and the check of a transaction.
@NullMarked
package dev.pintle.bbolt;

import org.jspecify.annotations.NullMarked;
