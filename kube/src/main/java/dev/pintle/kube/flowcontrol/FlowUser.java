package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A user, and the schemas that may match requests of theirs: found once, as matching all subjects of all schemas for every request
/// would take long.
final class FlowUser {
  private static final long RIGHT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

  private final UserInfo user;
  private final boolean master;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Candidate otherwise;

  /// The first of them where all their requests match it and are one flow; else null.
  private final @Nullable Candidate everything;

  private int weight;

  /// Whether they may read schemas and levels, as it was when that was asked last.
  private volatile Right right = new Right(false, Long.MIN_VALUE);

  private record Right(boolean held, long askedNanos) {}

  /// A schema of which some rules are about the user.
  private final class Candidate {
    private final FlowSchema schema;
    private final List<FlowRule> rules;

    // Most schemas are about everything that somebody asks for.
    private final boolean allResources;
    private final boolean allPaths;

    /// Of all their requests that match, unless the flow depends on the request; made with the first of them.
    private volatile @Nullable Classification shared;

    Candidate(FlowSchema schema, List<FlowRule> rules) {
      this.schema = schema;
      this.rules = rules;
      this.allResources = rules.stream().anyMatch(FlowRule::coversAllResources);
      this.allPaths = rules.stream().anyMatch(FlowRule::coversAllPaths);
    }

    boolean coversEverythingAlike() {
      return allResources
          && allPaths
          && schema.distinguisher() != FlowSchema.Distinguisher.BY_NAMESPACE;
    }

    boolean covers(RequestInfo target, String resource) {
      if (target.groupVersion() == null ? allPaths : allResources) {
        return true;
      }
      for (FlowRule rule : rules) {
        if (rule.covers(target, resource)) {
          return true;
        }
      }
      return false;
    }

    Classification of(RequestInfo target, FlowConfiguration configuration) {
      Classification own = shared(configuration);
      return switch (schema.distinguisher()) {
        case NONE, BY_USER -> own;
        case BY_NAMESPACE -> own.inFlow(configuration.hash(schema, target.namespace()));
      };
    }

    private Classification shared(FlowConfiguration configuration) {
      Classification found = shared;
      if (found == null) {
        boolean parted = schema.distinguisher() == FlowSchema.Distinguisher.BY_USER;
        long hash = FlowHash.of(schema.name(), parted ? user.name() : "");
        found =
            new Classification(
                schema,
                configuration.level(schema),
                hash,
                FlowUser.this,
                configuration.headers(schema));
        shared = found;
      }
      return found;
    }
  }

  FlowUser(UserInfo user, FlowConfiguration configuration) {
    this.user = user;
    this.master = user.groups().contains(UserInfo.MASTERS);
    this.otherwise = new Candidate(configuration.catchAll(), List.of());
    for (FlowSchema schema : configuration.schemas()) {
      List<FlowRule> about = schema.rules().stream().filter(rule -> rule.isAbout(user)).toList();
      if (!about.isEmpty()) {
        candidates.add(new Candidate(schema, about));
        weight += about.stream().mapToInt(FlowRule::weight).sum();
      }
    }
    Candidate first = candidates.isEmpty() ? null : candidates.getFirst();
    this.everything = first != null && first.coversEverythingAlike() ? first : null;
  }

  /// Whether they may read schemas and levels; asked anew after some seconds, but of those who may do everything.
  boolean isReader(Predicate<UserInfo> readers, FlowClock clock) {
    if (master) {
      return true;
    }
    Right known = right;
    long nowNanos = clock.nanos();
    if (known.askedNanos() == Long.MIN_VALUE || nowNanos - known.askedNanos() > RIGHT_NANOS_MAX) {
      known = new Right(readers.test(user), nowNanos);
      right = known;
    }
    return known.held();
  }

  /// How many names a request of theirs is compared with at most.
  int weight() {
    return weight;
  }

  /// The class of a request of theirs, by the first schema that matches.
  ///
  /// @param configuration that they were made for: not kept, for requests of long ago may keep this
  Classification classify(RequestInfo target, FlowConfiguration configuration) {
    if (everything != null) {
      return everything.shared(configuration);
    }
    String resource = FlowRule.resource(target);
    for (Candidate candidate : candidates) {
      if (candidate.covers(target, resource)) {
        return candidate.of(target, configuration);
      }
    }
    return otherwise.of(target, configuration);
  }
}
