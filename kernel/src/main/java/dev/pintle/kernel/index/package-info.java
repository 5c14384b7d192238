/// The index of the store: every key with the revisions it had since the last compaction, in memory.
///
/// [Index] belongs to the one thread that applies commands; [Index#freeze] gives an [IndexImage], which never changes and
/// which any thread may read. Both share the nodes of one B+tree: a node made since the last freeze is changed in place, an
/// older one is copied first. Every branch knows how many live keys lie under each child, so counting and ranking cost
/// O(log n), and the newest revision under each child, so that a count at an old revision walks only what changed since.
///
/// Read in this order: [KeyVersion], [IndexImage], [Index], [Node], [Leaf], [Branch], [KeyHistory]. Values are not here.
@NullMarked
package dev.pintle.kernel.index;

import org.jspecify.annotations.NullMarked;
