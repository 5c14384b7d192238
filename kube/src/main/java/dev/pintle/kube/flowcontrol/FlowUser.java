package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A user, and the schemas that may match requests of theirs: found once, as matching all subjects of all schemas for every request
/// would take long.
final class FlowUser {
  private static final long RIGHT_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

  private final UserInfo user;
  private final List<Candidate> candidates = new ArrayList<>();
  private int weight;

  /// Whether they may read schemas and levels, as it was when that was asked last.
  private volatile Right right = new Right(false, Long.MIN_VALUE);

  private record Right(boolean held, long askedNanos) {}

  /// A flow of requests: those of one schema that its distinguisher does not tell apart.
  record Flow(FlowSchema schema, long hash) {}

  /// A schema of which some rules are about the user, and their flow in it unless that depends on the request.
  private record Candidate(FlowSchema schema, List<FlowRule> rules, Flow byUser) {
    boolean covers(RequestInfo target) {
      for (FlowRule rule : rules) {
        if (rule.covers(target)) {
          return true;
        }
      }
      return false;
    }

    Flow flow(RequestInfo target) {
      return schema.distinguisher() == FlowSchema.Distinguisher.BY_NAMESPACE
          ? new Flow(schema, FlowHash.of(schema.name(), target.namespace()))
          : byUser;
    }
  }

  /// @param schemas in the order in which they are tried
  FlowUser(UserInfo user, List<FlowSchema> schemas) {
    this.user = user;
    for (FlowSchema schema : schemas) {
      List<FlowRule> about = schema.rules().stream().filter(rule -> rule.isAbout(user)).toList();
      if (!about.isEmpty()) {
        candidates.add(new Candidate(schema, about, byUser(schema)));
        weight += about.stream().mapToInt(FlowRule::weight).sum();
      }
    }
  }

  private Flow byUser(FlowSchema schema) {
    boolean parted = schema.distinguisher() == FlowSchema.Distinguisher.BY_USER;
    return new Flow(schema, FlowHash.of(schema.name(), parted ? user.name() : ""));
  }

  /// Whether they may read schemas and levels; asked anew after some seconds.
  boolean isReader(Predicate<UserInfo> readers, long nowNanos) {
    Right known = right;
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

  /// The flow of a request of theirs, by the first schema that matches.
  ///
  /// @param otherwise counts when none does
  Flow flow(RequestInfo target, FlowSchema otherwise) {
    for (Candidate candidate : candidates) {
      if (candidate.covers(target)) {
        return candidate.flow(target);
      }
    }
    return byUser(otherwise);
  }
}
