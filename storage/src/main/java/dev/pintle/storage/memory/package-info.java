/// Stores that live in memory: [MemoryKv] for a member that keeps nothing, and [CrashableKv], which forgets like a disk
/// does, for simulations.
///
/// Both are a persistent B+tree per bucket: a committed batch makes new nodes on the way to what it changed and shares all
/// others, so a read transaction is a reference and never blocks a writer.
@NullMarked
package dev.pintle.storage.memory;

import org.jspecify.annotations.NullMarked;
