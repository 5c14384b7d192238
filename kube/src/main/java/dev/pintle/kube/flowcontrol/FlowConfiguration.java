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

  private final List<FlowSchema> schemas;
  private final Map<String, PriorityLevel> levels;
  private final Map<UserKey, FlowUser> users = new ConcurrentHashMap<>();
  private final FlowSchema catchAll;

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

  Classification classify(UserInfo user, RequestInfo target) {
    UserKey key = UserKey.of(user);
    FlowUser known = users.get(key);
    if (known == null) {
      if (users.size() >= USERS_MAX) {
        users.clear();
      }
      known = new FlowUser(user, schemas);
      users.put(key, known);
    }
    return classify(known, target);
  }

  /// The class of a request where it can be found without taking time, else null.
  @Nullable Classification classifyQuickly(UserInfo user, RequestInfo target) {
    FlowUser known = users.get(UserKey.of(user));
    return known == null || known.weight() > WEIGHT_AT_ONCE_MAX ? null : classify(known, target);
  }

  private Classification classify(FlowUser known, RequestInfo target) {
    FlowUser.Flow flow = known.flow(target, catchAll);
    FlowSchema schema = flow.schema();
    PriorityLevel level = levels.get(schema.level());
    if (level == null) {
      throw new IllegalStateException("no priority level " + schema.level());
    }
    return new Classification(schema, level, flow.hash(), level.counts(schema.name()), known);
  }
}
