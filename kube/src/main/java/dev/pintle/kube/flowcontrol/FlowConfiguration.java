package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The schemas and levels in force at a time: never changed, but replaced.
final class FlowConfiguration {
  /// Users whose schemas are remembered; beyond that all are found again.
  private static final int USERS_MAX = 10_000;

  /// Names that a request may be compared with where others would have to wait for it.
  private static final int WEIGHT_AT_ONCE_MAX = 500;

  /// In the names, groups and extra fields of a user who is remembered: a client may make up large ones by the thousand.
  private static final int USER_CHARS_MAX = 4_096;

  /// Flows by namespace whose hashes are remembered.
  private static final int HASHES_MAX = 10_000;

  /// No namespace has a longer name.
  private static final int NAMESPACE_CHARS_MAX = 63;

  /// A power of two.
  private static final int RECENT = 256;

  private final List<FlowSchema> schemas;
  private final Map<String, PriorityLevel> levels;
  private final Map<UserKey, FlowUser> users = new ConcurrentHashMap<>();
  private final Map<FlowKey, Long> hashes = new ConcurrentHashMap<>();
  private final FlowSchema catchAll;

  /// By the names of schemas; made with the first request of each.
  private final Map<String, ClassHeaders> headers = new ConcurrentHashMap<>();

  /// Written by any thread, one after the other or not: what is found here is true whenever it was written.
  private final @Nullable Recent[] recent = new Recent[RECENT];

  private record FlowKey(String schema, String namespace) {}

  /// A user who sent a request, and what is known of all who are equal to them.
  private record Recent(UserInfo user, FlowUser known) {
    /// Whether it is about this very object.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(UserInfo other) {
      return user == other;
    }
  }

  /// The part of a user that subjects are matched against; each token of a service account says more beside it.
  private record UserKey(String name, List<String> groups) {
    static UserKey of(UserInfo user) {
      return new UserKey(user.name(), user.groups());
    }
  }

  /// @param schemas in the order in which they are tried, of levels that are there; the catch-all one is among them
  FlowConfiguration(List<FlowSchema> schemas, Map<String, PriorityLevel> levels) {
    this.schemas = List.copyOf(schemas);
    this.levels = Map.copyOf(levels);
    this.catchAll =
        schemas.stream()
            .filter(schema -> schema.name().equals(FlowSchema.CATCH_ALL))
            .findFirst()
            .orElseThrow();
  }

  List<FlowSchema> schemas() {
    return schemas;
  }

  Map<String, PriorityLevel> levels() {
    return levels;
  }

  FlowSchema catchAll() {
    return catchAll;
  }

  /// The level of a schema in force.
  PriorityLevel level(FlowSchema schema) {
    PriorityLevel level = levels.get(schema.level());
    if (level == null) {
      throw new IllegalStateException("no priority level " + schema.level());
    }
    return level;
  }

  /// What answers tell of a schema in force and its level.
  ClassHeaders headers(FlowSchema schema) {
    return headers.computeIfAbsent(
        schema.name(), _ -> ClassHeaders.of(schema, level(schema).spec()));
  }

  /// The hash of the flow of those requests of a schema that are for one namespace.
  long hash(FlowSchema schema, String namespace) {
    if (namespace.length() > NAMESPACE_CHARS_MAX) {
      return FlowHash.of(schema.name(), namespace);
    }
    FlowKey key = new FlowKey(schema.name(), namespace);
    Long known = hashes.get(key);
    if (known == null) {
      if (hashes.size() >= HASHES_MAX) {
        hashes.clear();
      }
      known = FlowHash.of(schema.name(), namespace);
      hashes.put(key, known);
    }
    return known;
  }

  Classification classify(UserInfo user, RequestInfo target) {
    FlowUser known = known(user);
    if (known == null) {
      known = new FlowUser(user, this);
      remember(user, known);
    }
    return known.classify(target, this);
  }

  private void remember(UserInfo user, FlowUser known) {
    if (charsOf(user) <= USER_CHARS_MAX) {
      if (users.size() >= USERS_MAX) {
        users.clear();
      }
      users.put(UserKey.of(user), known);
    }
  }

  private static long charsOf(UserInfo user) {
    long chars = user.name().length();
    for (String group : user.groups()) {
      chars += group.length();
    }
    for (Map.Entry<String, List<String>> extra : user.extra().entrySet()) {
      chars += extra.getKey().length();
      for (String value : extra.getValue()) {
        chars += value.length();
      }
    }
    return chars;
  }

  /// The class of a request where it can be found without taking time, else null.
  @Nullable Classification classifyQuickly(UserInfo user, RequestInfo target) {
    FlowUser known = known(user);
    return known == null || known.weight() > WEIGHT_AT_ONCE_MAX
        ? null
        : known.classify(target, this);
  }

  /// Who sends requests is the same object for many of them, so that it is looked for by that first.
  private @Nullable FlowUser known(UserInfo user) {
    int place = System.identityHashCode(user) & (RECENT - 1);
    Recent before = recent[place];
    if (before != null && before.isOf(user)) {
      return before.known();
    }
    FlowUser known = users.get(UserKey.of(user));
    if (known != null && charsOf(user) <= USER_CHARS_MAX) {
      recent[place] = new Recent(user, known);
    }
    return known;
  }
}
