package dev.pintle.kube.flowcontrol;

import dev.pintle.kernel.flow.Dealer;
import dev.pintle.kernel.flow.Queuing;
import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.validation.NamespaceSeats;
import java.util.Optional;

/// A PriorityLevelConfiguration as it is put in force.
///
/// @param uid empty for one that is in force although it is not stored
/// @param borrowingPercent what it may borrow, of what it has itself; -1 for any
/// @param namespaceSeatsMax seats that requests to one namespace may have at once, 0 for no limit
record LevelSpec(
    String name,
    String uid,
    Queuing queuing,
    int shares,
    int lendablePercent,
    int borrowingPercent,
    int namespaceSeatsMax) {
  private static final int CATCH_ALL_SHARES = 5;

  boolean isExempt() {
    return queuing instanceof Queuing.Exempt;
  }

  /// How many requests can wait at it.
  long waitingMax() {
    return queuing instanceof Queuing.Wait wait ? (long) wait.queues() * wait.queueLengthMax() : 0;
  }

  /// Empty for one that contradicts itself, which counts as if it were not there.
  static Optional<LevelSpec> parse(JsonObject stored) {
    JsonObject metadata = stored.objectOrEmpty("metadata");
    JsonObject spec = stored.objectOrEmpty("spec");
    String name = metadata.textOrEmpty("name");
    boolean exempt = spec.textOrEmpty("type").equals("Exempt");
    JsonObject limits = spec.object(exempt ? "exempt" : "limited");
    if (limits == null || exempt != name.equals(FlowSchema.EXEMPT)) {
      return Optional.empty();
    }
    Optional<Queuing> queuing =
        exempt ? Optional.of(new Queuing.Exempt()) : queuing(limits.objectOrEmpty("limitResponse"));
    return queuing.map(way ->
        new LevelSpec(
            name,
            metadata.textOrEmpty("uid"),
            way,
            (int) limits.wholeOrZero("nominalConcurrencyShares"),
            (int) limits.wholeOrZero("lendablePercent"),
            limits.has("borrowingLimitPercent")
                ? (int) limits.wholeOrZero("borrowingLimitPercent")
                : -1,
            namespaceSeatsMax(metadata)));
  }

  /// One that is not allowed was stored before it was looked at, and limits nothing.
  private static int namespaceSeatsMax(JsonObject metadata) {
    String annotation =
        metadata.objectOrEmpty("annotations").textOrEmpty(NamespaceSeats.ANNOTATION);
    return Math.max(0, NamespaceSeats.max(annotation));
  }

  private static Optional<Queuing> queuing(JsonObject response) {
    JsonObject queues = response.object("queuing");
    if (queues == null) {
      return response.textOrEmpty("type").equals("Reject")
          ? Optional.of(new Queuing.Reject())
          : Optional.empty();
    }
    int count = (int) queues.wholeOrZero("queues");
    int hand = (int) queues.wholeOrZero("handSize");
    return Dealer.isValid(count, hand)
        ? Optional.of(new Queuing.Wait(count, hand, (int) queues.wholeOrZero("queueLengthLimit")))
        : Optional.empty();
  }

  /// The level that is always in force, whatever is stored.
  static LevelSpec mandatory(String name) {
    return name.equals(FlowSchema.EXEMPT)
        ? new LevelSpec(name, "", new Queuing.Exempt(), 0, 0, -1, 0)
        : new LevelSpec(name, "", new Queuing.Reject(), CATCH_ALL_SHARES, 0, -1, 0);
  }
}
