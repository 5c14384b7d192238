package dev.pintle.kernel.keyspace;

import java.util.List;

/// The key-values of a run at one revision.
///
/// @param count how many keys the run holds at that revision, whatever the limit and the filters
/// @param more true when the limit cut the answer
public record RangeResult(List<KeyValue> entries, long count, boolean more) {}
