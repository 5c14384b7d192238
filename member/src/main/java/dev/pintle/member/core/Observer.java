package dev.pintle.member.core;

import dev.pintle.kernel.command.Command;
import dev.pintle.kernel.command.Outcome;
import dev.pintle.kernel.state.KeyspaceRoot;
import dev.pintle.kernel.watch.Delta;
import java.util.List;

/// A follower of what is applied: watchers, and the time of leases. Called by the applying thread, in order; must not
/// wait.
public interface Observer {
  /// A command took effect or was refused; not yet published.
  void applied(Command command, Outcome outcome);

  /// `root` is what readers see from now on; `deltas` is what brought it about, without the commands that wrote no key.
  void published(KeyspaceRoot root, List<Delta> deltas);

  /// True while nothing more should be applied, until [MemberCore#wake].
  default boolean isBehind() {
    return false;
  }
}
