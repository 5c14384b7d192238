package dev.pintle.etcd.concurrency;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.command.Outcome.Refused;
import dev.pintle.kernel.keyspace.KeyRange;
import dev.pintle.kernel.keyspace.KeyValue;
import dev.pintle.kernel.keyspace.RangeRequest;
import dev.pintle.member.StoreView;
import dev.pintle.member.StoreView.Found;

/// The answer to who leads.
sealed interface LeaderReading {
  /// A leader.
  ///
  /// @param entry the key by which it leads, with the value it proclaimed
  /// @param revision the store's
  record Leads(KeyValue entry, long revision) implements LeaderReading {}

  /// A name under which nobody stands.
  ///
  /// @param revision the store's
  record Nobody(long revision) implements LeaderReading {}

  /// A store that says why it cannot be read.
  record NotReadable(Refused reason) implements LeaderReading {}

  /// Looks through all who stand, and reads the disk.
  static LeaderReading of(StoreView view, Bytes name) {
    KeyValue first = EarliestKeys.first(view, ConcurrencyCommands.candidates(name));
    if (first == null) {
      return new Nobody(view.revision());
    }
    RangeRequest request = RangeRequest.of(KeyRange.point(first.key())).at(view.revision());
    return switch (view.range(request)) {
      case Found(var result) when !result.entries().isEmpty() ->
          new Leads(result.entries().getFirst(), view.revision());
      case Found _ -> new Nobody(view.revision());
      case StoreView.NotReadable(var reason) -> new NotReadable(reason);
    };
  }
}
