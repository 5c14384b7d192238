package dev.pintle.server.cli;

import dev.pintle.kube.flowcontrol.FlowExtras;
import dev.pintle.kube.flowcontrol.FlowLimits;
import dev.pintle.server.failure.StartException;
import java.util.Map;
import java.util.Set;

/// The flags that say how many requests are worked on at once, and how long: kube-apiserver's, and what there is beyond them.
final class FlowFlags {
  static final String FAIR = "enable-priority-and-fairness";

  private static final String READS = "max-requests-inflight";
  private static final String WRITES = "max-mutating-requests-inflight";

  private static final String TIMEOUT = "request-timeout";
  private static final String NAMES = "priority-and-fairness-names";
  private static final String LEARNED = "priority-and-fairness-learned-times";
  private static final String LIST_BYTES = "max-list-bytes-inflight";

  static final Set<String> VALUED = Set.of(READS, WRITES, LIST_BYTES, TIMEOUT);
  static final Set<String> SWITCHES = Set.of(FAIR, NAMES, LEARNED);

  private FlowFlags() {}

  static FlowLimits read(Flags flags) throws StartException {
    FlowLimits defaults = FlowLimits.DEFAULT;
    return new FlowLimits(
        flags.isOn(FAIR, defaults.fair()),
        (int) number(flags, READS, defaults.readsMax(), Integer.MAX_VALUE),
        (int) number(flags, WRITES, defaults.writesMax(), Integer.MAX_VALUE),
        new FlowExtras(
            flags.isOn(NAMES, defaults.extras().names()),
            number(flags, LIST_BYTES, defaults.extras().listBytesMax(), Long.MAX_VALUE),
            flags.isOn(LEARNED, defaults.extras().learned())),
        GoDuration.ofFlag(flags, TIMEOUT, defaults.requestTimeout(), "such as 1m"));
  }

  private static long number(Flags flags, String name, long otherwise, long max)
      throws StartException {
    String text = flags.value(name).orElse(Long.toString(otherwise));
    try {
      long number = Long.parseLong(text);
      if (number > max) {
        throw flags.refusal("--%s: %s (expected: at most %d)".formatted(name, text, max));
      }
      return number;
    } catch (NumberFormatException _) {
      throw flags.refusal("--%s: %s (expected: a whole number)".formatted(name, text));
    }
  }

  static Map<String, String> shown(FlowLimits limits) {
    return Map.of(
        FAIR,
        Boolean.toString(limits.fair()),
        READS,
        Integer.toString(limits.readsMax()),
        WRITES,
        Integer.toString(limits.writesMax()),
        TIMEOUT,
        GoDuration.text(limits.requestTimeout()),
        NAMES,
        Boolean.toString(limits.extras().names()),
        LEARNED,
        Boolean.toString(limits.extras().learned()),
        LIST_BYTES,
        Long.toString(limits.extras().listBytesMax()));
  }
}
