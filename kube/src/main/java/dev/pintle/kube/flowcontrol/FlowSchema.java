package dev.pintle.kube.flowcontrol;

import dev.pintle.kube.object.JsonObject;
import dev.pintle.kube.request.RequestInfo;
import dev.pintle.kube.request.UserInfo;
import java.util.Comparator;
import java.util.List;

/// A FlowSchema as requests are matched against it.
///
/// @param uid empty for one that is in force although it is not stored
/// @param precedence the lower, the earlier it is tried
/// @param level the name of its priority level
record FlowSchema(
    String name,
    String uid,
    int precedence,
    String level,
    Distinguisher distinguisher,
    List<FlowRule> rules) {
  /// The order in which they are tried.
  static final Comparator<FlowSchema> ORDER =
      Comparator.comparingInt(FlowSchema::precedence).thenComparing(FlowSchema::name);

  static final String EXEMPT = "exempt";
  static final String CATCH_ALL = "catch-all";

  /// The ways in which the requests of a schema are parted into flows.
  enum Distinguisher {
    NONE,
    BY_USER,
    BY_NAMESPACE;

    private static Distinguisher parse(JsonObject spec) {
      return switch (spec.objectOrEmpty("distinguisherMethod").textOrEmpty("type")) {
        case "ByUser" -> BY_USER;
        case "ByNamespace" -> BY_NAMESPACE;
        default -> NONE;
      };
    }

    /// What tells the flow of a request apart from the schema's others.
    String of(UserInfo user, RequestInfo target) {
      return switch (this) {
        case NONE -> "";
        case BY_USER -> user.name();
        case BY_NAMESPACE -> target.namespace();
      };
    }
  }

  static FlowSchema parse(JsonObject stored) {
    JsonObject metadata = stored.objectOrEmpty("metadata");
    JsonObject spec = stored.objectOrEmpty("spec");
    return new FlowSchema(
        metadata.textOrEmpty("name"),
        metadata.textOrEmpty("uid"),
        (int) spec.wholeOrZero("matchingPrecedence"),
        spec.objectOrEmpty("priorityLevelConfiguration").textOrEmpty("name"),
        Distinguisher.parse(spec),
        spec.objects("rules").stream().map(FlowRule::parse).toList());
  }

  /// The schema that is always in force, whatever is stored: of those who may do everything, or of everybody.
  static FlowSchema mandatory(String name) {
    boolean exempt = name.equals(EXEMPT);
    List<FlowSubject> subjects =
        exempt
            ? List.of(new FlowSubject("Group", "", UserInfo.MASTERS))
            : List.of(
                new FlowSubject("Group", "", UserInfo.UNAUTHENTICATED),
                new FlowSubject("Group", "", UserInfo.AUTHENTICATED));
    List<String> all = List.of("*");
    FlowRule rule =
        new FlowRule(
            subjects,
            List.of(new FlowRule.Resources(all, all, all, all, true)),
            List.of(new FlowRule.Paths(all, all)));
    return new FlowSchema(
        name,
        "",
        exempt ? 1 : 10_000,
        name,
        exempt ? Distinguisher.NONE : Distinguisher.BY_USER,
        List.of(rule));
  }
}
