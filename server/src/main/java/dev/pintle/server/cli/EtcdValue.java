package dev.pintle.server.cli;

import dev.pintle.server.config.ListenUrl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The reading of values of etcd's flags: each is brought to its plain form, or refused in Go's words.
final class EtcdValue {
  private static final String PARSE_ERROR = "parse error";
  private static final String OUT_OF_RANGE = "value out of range";
  private static final int WORD_BITS = 64;
  private static final int SHORT_BITS = 32;
  private static final String CHECKPOINT = "LeaseCheckpoint";
  private static final String CHECKPOINT_PERSIST = "LeaseCheckpointPersist";

  /// Those of 3.7. None of them changes anything that is here.
  private static final Set<String> GATES =
      Set.of(
          "AllAlpha",
          "AllBeta",
          "CompactHashCheck",
          "FastLeaseKeepAlive",
          "InitialCorruptCheck",
          CHECKPOINT,
          CHECKPOINT_PERSIST,
          "PriorityRequest",
          "SetMemberLocalAddr",
          "StopGRPCServiceOnDefrag",
          "TxnModeWriteWithSharedBuffer");

  private EtcdValue() {}

  /// @return numbers in decimal digits, switches as `true` or `false`, URLs each once and in order; all else as it was given
  /// @throws IllegalArgumentException in Go's words
  static String plain(EtcdFlag flag, String value) {
    return switch (flag.kind()) {
      case TEXT, LIST, PASSED_OVER -> value;
      case SWITCH -> truth(value);
      case URLS -> value.isEmpty() ? value : urls(value);
      case ORIGINS -> value.equals("*") ? value : urls(value);
      case UINT, UINT64 -> number(value, WORD_BITS, false);
      case INT, INT64 -> number(value, WORD_BITS, true);
      case UINT32 -> shortNumber(value);
      case DURATION -> duration(value);
      case GATES -> gates(value);
      case CHOICE -> choice(flag, value);
    };
  }

  /// Of what is refused here because the gates contradict one another; empty for nothing.
  static String contradiction(String gates) {
    Map<String, Boolean> set = set(gates);
    boolean all = set.getOrDefault("AllAlpha", false);
    boolean persisted = set.getOrDefault(CHECKPOINT_PERSIST, all);
    return persisted && !set.getOrDefault(CHECKPOINT, all)
        ? "enabling feature gate LeaseCheckpointPersist requires enabling feature gate LeaseCheckpoint"
        : "";
  }

  static String truth(String value) {
    return switch (value) {
      case "1", "t", "T", "TRUE", "true", "True" -> "true";
      case "0", "f", "F", "FALSE", "false", "False" -> "false";
      default -> throw new IllegalArgumentException(PARSE_ERROR);
    };
  }

  private static String urls(String value) {
    return String.join(",", ListenUrl.parseAll(value).stream().map(ListenUrl::text).toList());
  }

  private static String number(String value, int bits, boolean signed) {
    try {
      return GoInteger.parse(value, bits, signed).toString();
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(OUT_OF_RANGE, tooLarge);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(PARSE_ERROR, none);
    }
  }

  /// Upstream reads this one otherwise, and so complains otherwise.
  private static String shortNumber(String value) {
    try {
      return GoInteger.parse(value, SHORT_BITS, false).toString();
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException(asked(value, OUT_OF_RANGE), tooLarge);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(asked(value, "invalid syntax"), none);
    }
  }

  private static String asked(String value, String what) {
    return "strconv.ParseUint: parsing %s: %s".formatted(GoDuration.quoted(value), what);
  }

  private static String duration(String value) {
    try {
      return GoDuration.text(GoDuration.parse(value));
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(PARSE_ERROR, none);
    }
  }

  private static String choice(EtcdFlag flag, String value) {
    boolean several = flag.name().equals("v2-deprecation");
    for (String each : several ? List.of(value.split(",", -1)) : List.of(value)) {
      if (!flag.choices().contains(each)) {
        throw new IllegalArgumentException(
            several ? "invalid value " + GoDuration.quoted(each) : "invalid value");
      }
    }
    return value;
  }

  private static String gates(String value) {
    for (String name : set(value).keySet()) {
      if (!GATES.contains(name)) {
        throw new IllegalArgumentException("unrecognized feature gate: " + name);
      }
    }
    return value;
  }

  private static Map<String, Boolean> set(String value) {
    Map<String, Boolean> set = new TreeMap<>();
    for (String each : Arrays.asList(value.split(",", -1))) {
      if (each.isEmpty()) {
        continue;
      }
      int equals = each.indexOf('=');
      String name = (equals < 0 ? each : each.substring(0, equals)).strip();
      if (equals < 0) {
        throw new IllegalArgumentException("missing bool value for " + name);
      }
      String truth = each.substring(equals + 1).strip();
      try {
        set.put(name, truth(truth).equals("true"));
      } catch (IllegalArgumentException none) {
        throw new IllegalArgumentException(
            "invalid value of %s=%s, err: strconv.ParseBool: parsing %s: invalid syntax"
                .formatted(name, truth, GoDuration.quoted(truth)),
            none);
      }
    }
    return set;
  }
}
