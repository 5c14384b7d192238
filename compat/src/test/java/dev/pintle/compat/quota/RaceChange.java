package dev.pintle.compat.quota;

import org.jspecify.annotations.Nullable;

/// A change that a watch has told of.
///
/// @param key of the object, of all kinds
/// @param footprint of the object; null for a quota, and for what is gone
/// @param note for people
/// @param quota null for any other object, and for what is gone
record RaceChange(
    long revision,
    String namespace,
    String key,
    @Nullable Footprint footprint,
    @Nullable QuotaState quota,
    String note) {}
