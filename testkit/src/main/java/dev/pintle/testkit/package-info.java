/// The contract suite of a backend: what [dev.pintle.kernel.keyspace.OrderedKv] promises, as tests that run over any.
///
/// Extend [BackendContract], answer the provider, and run it with JUnit. [CrashedWriter] is the process that the suite kills.
@NullMarked
package dev.pintle.testkit;

import org.jspecify.annotations.NullMarked;
