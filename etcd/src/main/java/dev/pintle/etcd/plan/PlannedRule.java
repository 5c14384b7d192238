package dev.pintle.etcd.plan;

import dev.pintle.kernel.Bytes;
import java.util.List;
import java.util.Set;

/// A rule that puts requests in a level. It matches a request of any of `methods`, by any of `users` or of `organizations`, all of whose
/// keys begin with the same one of `prefixes`; a condition without values matches every request.
///
/// @param users common names of client certificates
/// @param organizations organizations of client certificates
/// @param prefixes of keys: whatever a request reads, writes, compares or watches lies below one of them
/// @param flowBy by what its requests are parted into flows; all of them are one flow when there is nothing
public record PlannedRule(
    String name,
    String level,
    Set<QueuedMethod> methods,
    Set<String> users,
    Set<String> organizations,
    List<Bytes> prefixes,
    Set<FlowPart> flowBy) {
  /// The name of what requests that no rule matches are counted under.
  public static final String CATCH_ALL = "catch-all";

  static final int PREFIX_BYTES_MAX = 1024;
  static final Set<FlowPart> FLOW_BY_USUAL = Set.of(FlowPart.USER, FlowPart.ADDRESS);

  public PlannedRule {
    methods = Set.copyOf(methods);
    users = Set.copyOf(users);
    organizations = Set.copyOf(organizations);
    prefixes = List.copyOf(prefixes);
    flowBy = Set.copyOf(flowBy);
  }

  /// The rule of requests that no other matches.
  public static PlannedRule catchAll() {
    return new PlannedRule(
        CATCH_ALL,
        PlannedLevel.CATCH_ALL.name(),
        Set.of(),
        Set.of(),
        Set.of(),
        List.of(),
        FLOW_BY_USUAL);
  }

  boolean matchesAll() {
    return methods.isEmpty() && users.isEmpty() && organizations.isEmpty() && prefixes.isEmpty();
  }

  /// @param where its fields begin, for messages
  void check(String where) {
    PlanNames.check(where + ".name", name);
    if (name.equals(CATCH_ALL)) {
      throw PlanNames.bad(where + ".name", name, "another name: this one is the server's own");
    }
    for (int i = 0; i < prefixes.size(); i++) {
      check("%s.prefixes[%d]".formatted(where, i), prefixes.get(i));
    }
    if (flowBy.contains(FlowPart.PREFIX) && prefixes.isEmpty()) {
      throw PlanNames.bad(where + ".flowBy", FlowPart.PREFIX.label(), "with prefixes");
    }
    boolean keyless = !methods.isEmpty() && methods.stream().noneMatch(QueuedMethod::hasKeys);
    if (keyless && !prefixes.isEmpty()) {
      throw PlanNames.bad(
          where + ".prefixes", prefixes.getFirst().toString(), "none: its methods name no keys");
    }
  }

  private static void check(String where, Bytes prefix) {
    if (prefix.isEmpty() || prefix.size() > PREFIX_BYTES_MAX) {
      throw PlanNames.bad(
          where, prefix.toString(), "1 to %d bytes, or no prefixes".formatted(PREFIX_BYTES_MAX));
    }
  }
}
