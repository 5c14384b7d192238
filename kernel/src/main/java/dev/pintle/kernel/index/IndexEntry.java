package dev.pintle.kernel.index;

import org.jspecify.annotations.Nullable;

/// A key with its newest version and, where there is one, its history.
record IndexEntry(byte[] key, KeyVersion newest, @Nullable History history) {}
