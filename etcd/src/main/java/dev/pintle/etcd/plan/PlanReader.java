package dev.pintle.etcd.plan;

import dev.pintle.kernel.Bytes;
import dev.pintle.kernel.flow.Queuing;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The reader of a plan that is written as JSON, with comments where a line is better explained. Everything it does not know is refused.
public final class PlanReader {
  /// A longer text is no plan.
  public static final int BYTES_MAX = 1 << 20;

  private static final int QUEUES_USUAL = 16;
  private static final int HAND_USUAL = 4;
  private static final int QUEUE_LENGTH_USUAL = 50;

  private PlanReader() {}

  /// @throws IllegalArgumentException that says which part of the text is wrong, and what was expected
  public static QueuingPlan read(byte[] text) {
    if (text.length > BYTES_MAX) {
      throw PlanNames.bad("plan", text.length + " bytes", "at most " + BYTES_MAX);
    }
    PlanObject plan = PlanObject.read(text);
    int wait =
        plan.number("waitSeconds", 1, QueuingPlan.WAIT_SECONDS_LIMIT)
            .orElse(QueuingPlan.WAIT_SECONDS_USUAL);
    List<PlannedLevel> levels = plan.objects("levels").stream().map(PlanReader::level).toList();
    List<PlannedRule> rules = plan.objects("rules").stream().map(PlanReader::rule).toList();
    plan.requireNothingElse();
    return new QueuingPlan(wait, levels, rules);
  }

  private static PlannedLevel level(PlanObject from) {
    String name = from.text("name");
    int seats =
        from.number("seats", 1, PlannedLevel.SEATS_MAX)
            .orElseThrow(() -> from.missing("seats", "1 to " + PlannedLevel.SEATS_MAX));
    int queues = from.number("queues", 0, PlannedLevel.QUEUES_MAX).orElse(QUEUES_USUAL);
    Optional<Integer> hand = from.number("handSize", 1, PlannedLevel.QUEUES_MAX);
    Optional<Integer> length = from.number("queueLength", 1, PlannedLevel.QUEUE_LENGTH_MAX);
    from.requireNothingElse();
    if (queues > 0) {
      return new PlannedLevel(
          name,
          seats,
          new Queuing.Wait(
              queues,
              hand.orElse(Math.min(HAND_USUAL, queues)),
              length.orElse(QUEUE_LENGTH_USUAL)));
    }
    if (hand.isPresent() || length.isPresent()) {
      throw PlanNames.bad(
          from.where() + ".queues", "0", "neither handSize nor queueLength with it: nobody waits");
    }
    return new PlannedLevel(name, seats, new Queuing.Reject());
  }

  private static PlannedRule rule(PlanObject from) {
    PlannedRule rule =
        new PlannedRule(
            from.text("name"),
            from.text("level"),
            labels(from, "methods", QueuedMethod.values(), QueuedMethod::label, Set.of()),
            Set.copyOf(from.texts("users")),
            Set.copyOf(from.texts("organizations")),
            from.texts("prefixes").stream().map(Bytes::utf8).toList(),
            labels(from, "flowBy", FlowPart.values(), FlowPart::label, PlannedRule.FLOW_BY_USUAL));
    from.requireNothingElse();
    return rule;
  }

  /// @param otherwise what counts when the field is left out
  private static <E extends Enum<E>> Set<E> labels(
      PlanObject from, String field, E[] all, Function<E, String> label, Set<E> otherwise) {
    if (!from.has(field)) {
      return otherwise;
    }
    Set<E> found = EnumSet.noneOf(all[0].getDeclaringClass());
    for (String text : from.texts(field)) {
      found.add(
          Arrays.stream(all)
              .filter(one -> label.apply(one).equals(text))
              .findFirst()
              .orElseThrow(() ->
                  PlanNames.bad(
                      from.where(field),
                      text,
                      String.join(", ", Arrays.stream(all).map(label).toList()))));
    }
    return found;
  }
}
