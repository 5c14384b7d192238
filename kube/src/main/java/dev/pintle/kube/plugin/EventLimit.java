package dev.pintle.kube.plugin;

import dev.pintle.kube.admission.AdmissionRequest;
import dev.pintle.kube.format.ShortKeys;
import dev.pintle.kube.object.Json;
import dev.pintle.kube.object.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// A limit of how often something may happen, for each of many keys: a bucket of tokens a key, the buckets that were not used for
/// longest forgotten. Thread-safe.
final class EventLimit {
  private static final int KEYS_USUAL = 4_096;

  private final Type type;
  private final double perSecond;
  private final double burst;
  private final LongSupplier monotonic;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by `lock`.
  private final Map<String, Bucket> buckets;

  /// The kinds of keys.
  enum Type {
    SERVER("Server"),
    NAMESPACE("Namespace"),
    USER("User"),
    SOURCE_AND_OBJECT("SourceAndObject");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }

    String key(AdmissionRequest request, JsonObject event) {
      return switch (this) {
        case SERVER -> "";
        case NAMESPACE -> request.namespace();
        case USER -> request.caller().name();
        case SOURCE_AND_OBJECT -> {
          JsonObject source = event.objectOrEmpty("source");
          JsonObject about = event.objectOrEmpty("involvedObject");
          yield String.join(
              "",
              source.textOrEmpty("component"),
              source.textOrEmpty("host"),
              about.textOrEmpty("kind"),
              about.textOrEmpty("namespace"),
              about.textOrEmpty("name"),
              about.textOrEmpty("uid"),
              about.textOrEmpty("apiVersion"));
        }
      };
    }

    private static List<String> texts() {
      return Arrays.stream(values()).map(Type::text).toList();
    }

    private static Type of(String text) {
      return values()[texts().indexOf(text)];
    }
  }

  /// A bucket of tokens.
  ///
  /// @param tokens as of `nanos`
  private record Bucket(double tokens, long nanos) {}

  /// How many characters the keys have that are remembered.
  long keyCharacters() {
    lock.lock();
    try {
      return buckets.keySet().stream().mapToLong(String::length).sum();
    } finally {
      lock.unlock();
    }
  }

  private EventLimit(Type type, long perSecond, long burst, int keysMax, LongSupplier monotonic) {
    this.type = type;
    this.perSecond = perSecond;
    this.burst = burst;
    this.monotonic = monotonic;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > keysMax;
          }
        };
  }

  /// @param limit that [#check] found right
  static EventLimit of(JsonObject limit, LongSupplier monotonic) {
    int keys = (int) limit.wholeOrZero("cacheSize");
    return new EventLimit(
        Type.of(limit.textOrEmpty("type")),
        limit.wholeOrZero("qps"),
        limit.wholeOrZero("burst"),
        keys == 0 ? KEYS_USUAL : keys,
        monotonic);
  }

  /// @param at the path of the limit, with a dot behind it
  /// @throws IllegalArgumentException that says what is wrong
  static void check(JsonObject limit, String at) {
    String type = limit.textOrEmpty("type");
    if (!Type.texts().contains(type)) {
      throw new IllegalArgumentException(
          "%stype: Unsupported value: \"%s\": supported values: \"%s\""
              .formatted(at, type, String.join("\", \"", Type.texts())));
    }
    requireAtLeast(limit, "burst", 1, "must be positive", at);
    requireAtLeast(limit, "qps", 1, "must be positive", at);
    requireAtLeast(limit, "cacheSize", 0, "must not be negative", at);
  }

  private static void requireAtLeast(
      JsonObject limit, String field, long least, String why, String at) {
    Json value = limit.get(field);
    boolean number = value == null || value instanceof Json.Whole;
    long given = limit.wholeOrZero(field);
    if (!number || given < least || given > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%s%s: Invalid value: %d: %s".formatted(at, field, given, why));
    }
  }

  Type type() {
    return type;
  }

  /// Takes a token, if there is one. A key is of what a client wrote, and may be as long as a whole Event.
  boolean allows(String longKey) {
    String key = ShortKeys.of(longKey);
    lock.lock();
    try {
      long now = monotonic.getAsLong();
      Bucket bucket = buckets.getOrDefault(key, new Bucket(burst, now));
      double seconds = (double) (now - bucket.nanos()) / TimeUnit.SECONDS.toNanos(1);
      double tokens = Math.min(burst, bucket.tokens() + seconds * perSecond);
      boolean allowed = tokens >= 1;
      buckets.put(key, new Bucket(allowed ? tokens - 1 : tokens, now));
      return allowed;
    } finally {
      lock.unlock();
    }
  }
}
