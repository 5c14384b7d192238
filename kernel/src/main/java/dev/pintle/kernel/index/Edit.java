package dev.pintle.kernel.index;

/// The right to change nodes in place: a node may be changed by whoever holds the edit it was made under. Freezing the index
/// drops the edit, after which nobody can.
final class Edit {}
