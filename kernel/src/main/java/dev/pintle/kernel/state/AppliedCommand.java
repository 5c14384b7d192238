package dev.pintle.kernel.state;

import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.watch.Delta;
import org.jspecify.annotations.Nullable;

/// The effects of a command.
///
/// @param delta what it wrote, null when it wrote no key; the place of an event in the delta is the sub of its record
public record AppliedCommand(Outcome outcome, @Nullable Delta delta) {}
