package dev.pintle.storage.memory;

/// The right of one batch to change, in place, the nodes that it made itself; worthless once the batch is committed.
final class BatchEdit {}
